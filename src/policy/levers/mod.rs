//! THE REGISTER OF LEVERS: every kind of thing that a policy can set.
//!
//! To add a kind: a file beside this one with its settings, what is known of it, how it is read,
//! scaled and paid for, its module and an entry in the register below, and the phase in which it acts, which the compiler asks
//! for in `model/effect.rs`.

pub mod data_centre;
pub mod designation;
pub mod experience_centre;
pub mod facility;
pub mod homes;
pub mod institutes;
pub mod instrument;
pub mod joint_projects;
pub mod matching_fund;
pub mod programme;
pub mod prototype_support;
pub mod rent_voucher;
pub mod research_grant;
pub mod service;
pub mod testbed;
pub mod wage_subsidy;

use crate::policy::lever::COMMON;
use crate::policy::lever::Common;
use crate::policy::lever::Lever;
use crate::policy::lever::LeverSpec;
use crate::policy::setting::Setting;
use crate::policy::slot::LeverSlot;
use crate::policy::values::Values;

/// The levers of a list whose slots are not taken over, with those of another list whose slots are,
/// in the order of slots.
fn merged<T: Lever + Clone>(own: &[T], other: &[T], take: &[LeverSlot]) -> Vec<T> {
    let taken_over = |lever: &&T| take.contains(&lever.common().slot);
    let kept = own.iter().filter(|lever| !taken_over(lever));
    let mut levers: Vec<T> = kept.chain(other.iter().filter(taken_over)).cloned().collect();
    levers.sort_by_key(|lever| lever.common().slot);
    levers
}

/// The slots of the levers of a list that another list has otherwise.
fn changed<T: Lever + PartialEq>(own: &[T], other: &[T]) -> impl Iterator<Item = LeverSlot> {
    let slot = |lever: &T| lever.common().slot;
    own.iter()
        .filter(move |lever| other.iter().any(|it| slot(it) == slot(lever) && it != *lever))
        .map(slot)
}

macro_rules! register {
    ($($(#[$list_about:meta])* $list:ident: $form:path {
        $($(#[$about:meta])* $kind:ident = $module:ident,)+
    })+) => {
        /// A kind of lever.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum LeverKind {
            $($($(#[$about])* $kind,)+)+
        }

        impl LeverKind {
            /// Every kind.
            pub const ALL: [Self; [$($(stringify!($kind),)+)+].len()] = [$($(Self::$kind,)+)+];

            /// What is known of the kind.
            #[must_use]
            pub fn spec(self) -> &'static LeverSpec {
                match self {
                    $($(Self::$kind => &$module::SPEC,)+)+
                }
            }
        }

        /// All levers of one policy, by kind, each list in the order of slots.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Levers {
            $($(#[$list_about])* pub $list: Vec<$form>,)+
        }

        impl Levers {
            /// Puts a lever at the end of the list of its kind, as it is written.
            pub fn push(&mut self, kind: LeverKind, common: Common, values: &Values<'_>) {
                match kind {
                    $($(LeverKind::$kind => self.$list.push($module::read(common, values)),)+)+
                }
            }

            /// Every lever, in the order of kinds and slots.
            pub fn levers(&self) -> impl Iterator<Item = &dyn Lever> {
                let lists = std::iter::empty();
                $(let lists = lists.chain(self.$list.iter().map(|lever| lever as &dyn Lever));)+
                lists
            }

            /// Every lever, to be changed.
            pub fn levers_mut(&mut self) -> impl Iterator<Item = &mut dyn Lever> {
                let lists = std::iter::empty();
                $(let lists =
                    lists.chain(self.$list.iter_mut().map(|lever| lever as &mut dyn Lever));)+
                lists
            }

            /// This plan with the levers of these slots as they are in another plan: added, changed, or
            /// gone where the other plan has none.
            #[must_use]
            pub fn with_levers_of(&self, other: &Self, slots: &[LeverSlot]) -> Self {
                Self { $($list: merged(&self.$list, &other.$list, slots),)+ }
            }

            /// The slots of the levers that another plan has too, and otherwise.
            pub fn changed(&self, other: &Self) -> impl Iterator<Item = LeverSlot> {
                let slots = std::iter::empty();
                $(let slots = slots.chain(changed(&self.$list, &other.$list));)+
                slots
            }
        }
    };
}

register! {
    /// Facilities.
    facilities: facility::Facility {
        /// Places for startups with rent below the market and services.
        Facility = facility,
    }
    /// Designations.
    designations: designation::Designation {
        /// A special zone or promotion district in force in an area.
        Designation = designation,
    }
    /// Programmes.
    programmes: programme::Programme {
        /// A degree or non-degree programme, or retraining of citizens.
        Programme = programme,
    }
    /// Homes.
    homes: homes::Homes {
        /// Public homes for specialists who work in the district.
        Homes = homes,
    }
    /// Matching funds.
    funds: matching_fund::MatchingFund {
        /// A public fund that co-invests in rounds.
        MatchingFund = matching_fund,
    }
    /// Rent vouchers.
    vouchers: rent_voucher::RentVoucher {
        /// A voucher that pays a part of young firms' rent.
        RentVoucher = rent_voucher,
    }
    /// Wage subsidies.
    wage_subsidies: wage_subsidy::WageSubsidy {
        /// A subsidy on the wages of newly hired specialists.
        WageSubsidy = wage_subsidy,
    }
    /// Grants.
    grants: research_grant::ResearchGrant {
        /// Grants for research and development.
        ResearchGrant = research_grant,
    }
    /// Services.
    services: service::Service {
        /// Source technology and joint projects.
        JointProjects = joint_projects,
        /// A technology testbed.
        Testbed = testbed,
        /// Prototype and demonstration support.
        PrototypeSupport = prototype_support,
        /// A data centre and open data.
        DataCentre = data_centre,
    }
    /// Institutes brought.
    institutes: institutes::Institutes {
        /// Institutes that a policy brings: university, government-funded, private.
        Institutes = institutes,
    }
    /// General instruments.
    instruments: instrument::Instrument {
        /// An instrument that a scenario describes by settings.
        Instrument = instrument,
    }
    /// Experience centres.
    experience_centres: experience_centre::ExperienceCentre {
        /// An experience centre for citizens.
        ExperienceCentre = experience_centre,
    }
}

impl Levers {
    /// What every lever has, in the order of kinds and slots.
    pub fn common(&self) -> impl Iterator<Item = &Common> {
        self.levers().map(Lever::common)
    }
}

impl LeverKind {
    /// All settings of the kind, those that every lever has first.
    pub fn settings(self) -> impl Iterator<Item = &'static Setting> {
        COMMON.iter().chain(self.spec().settings)
    }

    /// The kind of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.spec().name == name)
    }
}
