//! A policy's levers in the form that the model runs on: checked, typed, in dates and numbers.

use crate::time::Date;

/// A lever's number among all lever names of the scenario, 0 to 63.
///
/// It is the same for the same name in every policy, so that one firm's record of who served it
/// can be compared between policies; which number a name has shows in no result.
pub type LeverSlot = u8;

/// The largest number of different lever names in one scenario.
pub const MOST_LEVERS: usize = 64;

/// The largest number of matching funds in one policy.
pub const MOST_FUNDS: usize = 8;

/// An area of the city: its place in the order of [`Area::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Area {
    /// Yangjae-Umyeon.
    SpecialZone = 0,
    /// Yangjae 2-dong.
    PromotionDistrict = 1,
    /// The rest of the city.
    Elsewhere = 2,
}

impl Area {
    /// The areas in the order of results.
    pub const ALL: [Self; 3] = [Self::SpecialZone, Self::PromotionDistrict, Self::Elsewhere];

    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SpecialZone => "special-zone",
            Self::PromotionDistrict => "promotion-district",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// The area of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.name() == name)
    }

    /// Whether the area belongs to the district.
    #[must_use]
    pub const fn in_district(self) -> bool {
        !matches!(self, Self::Elsewhere)
    }

    /// Its place in arrays by area.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The fixed number, from 1, by which its draws go, wherever else it stands in an order.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// Who pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Payer {
    /// The city government.
    City = 0,
    /// The state.
    State = 1,
    /// The district office (Seocho-gu).
    DistrictOffice = 2,
    /// Firms and investors.
    Private = 3,
}

impl Payer {
    /// All payers in the order of `policy::lever::PAYERS`.
    pub const ALL: [Self; 4] = [Self::City, Self::State, Self::DistrictOffice, Self::Private];

    /// The name used in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::State => "state",
            Self::DistrictOffice => "district-office",
            Self::Private => "private",
        }
    }

    /// Whether public budgets pay.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Private)
    }
}

/// A number by date: steps in rising order; before the first step it is 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule(pub Vec<(Date, u32)>);

impl Schedule {
    /// The number in force on a day.
    #[must_use]
    pub fn on(&self, date: Date) -> u32 {
        self.0.iter().rev().find(|&&(from, _)| from <= date).map_or(0, |&(_, value)| value)
    }

    /// Whether the number is above 0 on some day of a year.
    #[must_use]
    pub fn any_in(&self, year: u16) -> bool {
        let steps = self.0.iter().filter(|(from, _)| from.year == year);
        self.on(Date::new_year(year)) > 0 || steps.into_iter().any(|&(_, value)| value > 0)
    }
}

/// What every lever has.
#[derive(Clone, Debug, PartialEq)]
pub struct Common {
    /// Its name in the policy file.
    pub name: String,
    /// Its number among all lever names of the scenario.
    pub slot: LeverSlot,
    /// The day of its first cost or effect.
    pub from: Date,
    /// The last day of its effect and yearly cost.
    pub until: Option<Date>,
    /// The name under which attribution groups it: its own where none is written.
    pub package: String,
    /// Who pays.
    pub payer: Payer,
}

impl Common {
    /// The share of a year in which the lever runs from `start` (its own first day or later).
    #[must_use]
    pub fn share_of_year(&self, start: Date, year: u16) -> f64 {
        let first = start.max(self.from).max(Date::new_year(year)).ordinal();
        let year_end = Date::new_year(year + 1).ordinal();
        let end = self.until.map_or(year_end, |until| (until.ordinal() + 1).min(year_end));
        (end - first).max(0) as f64 / f64::from(crate::time::DAYS)
    }

    /// Whether the lever has not ended on a day.
    #[must_use]
    pub fn runs_on(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

/// A building and what it costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Building {
    /// Cost of construction, spread evenly from the lever's first day to the opening [KRW m].
    pub construction: f64,
    /// Opportunity cost of the land, on the lever's first day [KRW m].
    pub land: f64,
    /// Opening day.
    pub opening: Date,
    /// Cost of running it from the opening [KRW m/year].
    pub operation: f64,
}

/// How a facility or grant chooses among applicants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// By score at recruitment days, best first.
    Ranked,
    /// In the order of dates as places fall free.
    FirstCome,
    /// By lot at recruitment days.
    Lottery,
}

/// Places for startups.
#[derive(Clone, Debug, PartialEq)]
pub struct Facility {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
    /// Where it stands.
    pub area: Area,
    /// Places for firms.
    pub places: Schedule,
    /// Longest tenancy [years].
    pub tenancy: f64,
    /// Largest headcount that a place holds [persons].
    pub room: u32,
    /// Rent charged over the market rent [1].
    pub rent_ratio: f64,
    /// How applicants are admitted.
    pub admission: Admission,
    /// Days of the year on which places are given out, rising; empty for first-come.
    pub recruitment_days: Vec<u16>,
    /// Factor on the share of young firms that look round [1].
    pub awareness_factor: f64,
    /// Value of a place beyond that of a facility's usual services [utility].
    pub extra_value: f64,
    /// Intensity of services; 1 is the Hub's.
    pub services: f64,
    /// Oldest age at admission [years].
    pub longest_age: f64,
    /// Which sectors are admitted, in the order of `policy::lever::SECTORS`.
    pub sectors: [bool; 3],
    /// Whether graduates' firms are admitted, which pulls graduates to found.
    pub graduates: bool,
    /// Tenants on the first day of the simulation.
    pub initial_tenants: u32,
    /// Floor space for tenants [m2].
    pub floor_space: Schedule,
    /// Cost of services to a tenant [KRW m/year].
    pub service_cost: f64,
}

impl Facility {
    /// Whether its rooms are leased on the area's market: it has no building and no land of its
    /// own. Its floor space is then a part of the market's, of which tenants use theirs.
    #[must_use]
    pub fn is_leased(&self) -> bool {
        self.building.construction <= 0.0 && self.building.land <= 0.0
    }

    /// Whether it has a place and floor space for a tenant on some day of a year.
    #[must_use]
    pub fn offers_places(&self, year: u16) -> bool {
        self.places.any_in(year) && self.floor_space.any_in(year)
    }
}

/// Which law designates an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// Regional special zone for AI (by the ministry).
    SpecialZone,
    /// ICT development promotion district (by the city).
    PromotionDistrict,
}

/// A designation of an area.
#[derive(Clone, Debug, PartialEq)]
pub struct Designation {
    /// Name, dates, payer.
    pub common: Common,
    /// The area.
    pub area: Area,
    /// The law.
    pub regime: Regime,
    /// The earliest day of the decision.
    pub decision: Date,
    /// Mean of the exponential delay; 0 is certain [years].
    pub delay_mean: f64,
    /// Chance of refusal [1].
    pub refusal: f64,
    /// Share of the area designated [1].
    pub share: f64,
    /// Plot ratio over the normal [1].
    pub plot_ratio: f64,
    /// Relief of acquisition tax [1].
    pub acquisition_relief: f64,
    /// Relief of property tax [1].
    pub property_relief: f64,
    /// Exemption from the investment review.
    pub review_exempt: bool,
    /// Priority examination of patents.
    pub priority_examination: bool,
    /// Share of building projects with a soft loan [1].
    pub loans: f64,
    /// Interest that the loans cost [KRW m/year].
    pub loan_cost: f64,
    /// Cost of running it [KRW m/year].
    pub administration: f64,
}

/// What a programme leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Degree {
    /// A master's degree.
    Master,
    /// A doctorate.
    Doctor,
    /// A course without a degree.
    NonDegree,
    /// Retraining of citizens.
    Retraining,
}

/// A programme of education.
#[derive(Clone, Debug, PartialEq)]
pub struct Programme {
    /// Name, dates, payer.
    pub common: Common,
    /// What it leads to.
    pub degree: Degree,
    /// Persons who enrol in a year.
    pub intake: Schedule,
    /// Length [years].
    pub length: f64,
    /// Share of places that did not exist elsewhere before [1].
    pub new_share: f64,
    /// Employment linkage.
    pub linkage: bool,
    /// Cost of a person [KRW m/year].
    pub tuition: f64,
}

/// The last days of February and of August, on which cohorts finish.
const FINISHES: [u16; 2] = [59, 243];
/// Cohorts enrol on 1 March.
const ENROLS: u16 = 60;

impl Programme {
    /// Persons who enrol in a year; none outside the lever's dates.
    #[must_use]
    pub fn enrolled(&self, year: u16) -> u32 {
        let first = self.enrols_on(year);
        // A course that ends in the August of its year takes nobody who would come after that.
        let too_late = matches!(self.finishes(), (0, finishes) if first.day >= finishes);
        if self.common.runs_on(first) && !too_late { self.intake.on(first) } else { 0 }
    }

    /// The day on which the cohort of a year enrols: a programme that begins later in the year takes
    /// its first cohort on its first day.
    #[must_use]
    pub fn enrols_on(&self, year: u16) -> Date {
        let date = Date { year, day: ENROLS };
        if self.common.from.year == year { date.max(self.common.from) } else { date }
    }

    /// Whole years from enrolment to the finish, and its day.
    ///
    /// Length is rounded up to half-years; a course below half a year finishes at the end of August
    /// of the year in which it enrols.
    #[must_use]
    pub fn finishes(&self) -> (u16, u16) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20")]
        let halves = (self.length * 2.0).ceil() as u16;
        // Enrolled on 1 March: an odd number of half-years ends in August, an even one in February.
        if halves <= 1 {
            (0, FINISHES[1])
        } else if halves.is_multiple_of(2) {
            (halves / 2, FINISHES[0])
        } else {
            (halves / 2, FINISHES[1])
        }
    }
}

/// Public homes.
#[derive(Clone, Debug, PartialEq)]
pub struct Homes {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
    /// Homes.
    pub units: u32,
    /// Rent a home pays [KRW m/year].
    pub rent: f64,
}

/// A fund that co-invests.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchingFund {
    /// Name, dates, payer.
    pub common: Common,
    /// Money for a year [KRW m].
    pub budget: f64,
    /// Share of a round that it pays [1].
    pub share: f64,
    /// Which rounds it joins, in the order of `policy::lever::STAGES`.
    pub stages: [bool; 5],
    /// Whether firms anywhere in the city are offered money, or only those in the district.
    pub whole_city: bool,
    /// Share of proceeds that goes back into next year's budget [1].
    pub recycling: f64,
    /// Cost of running it [KRW m/year].
    pub administration: f64,
}

/// A voucher for rent.
#[derive(Clone, Debug, PartialEq)]
pub struct RentVoucher {
    /// Name, dates, payer.
    pub common: Common,
    /// Where it pays.
    pub area: Area,
    /// Share of the rent [1].
    pub share: f64,
    /// Years for a firm.
    pub duration: f64,
    /// Oldest age [years].
    pub longest_age: f64,
    /// New vouchers a year.
    pub vouchers: u32,
}

/// A subsidy on wages of new specialists.
#[derive(Clone, Debug, PartialEq)]
pub struct WageSubsidy {
    /// Name, dates, payer.
    pub common: Common,
    /// Share of the wage, for one year [1].
    pub share: f64,
    /// Money for a year [KRW m].
    pub budget: f64,
    /// Oldest age [years].
    pub longest_age: f64,
}

/// Grants for research and development.
#[derive(Clone, Debug, PartialEq)]
pub struct ResearchGrant {
    /// Name, dates, payer.
    pub common: Common,
    /// Grants a year.
    pub grants: u32,
    /// Amount of one [KRW m].
    pub amount: f64,
    /// Oldest age [years].
    pub longest_age: f64,
    /// Ranked or by lot.
    pub selection: Admission,
}

/// What a service does for those who use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// Growth by joint projects and source technology.
    JointProjects,
    /// Growth by a technology testbed.
    Testbed,
    /// Rounds by prototype and demonstration support.
    PrototypeSupport,
    /// Growth by a data centre and open data.
    DataCentre,
}

/// Whose startups may use a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every startup in the district.
    District,
    /// Tenants of the facility of this slot.
    Tenants(LeverSlot),
}

/// A service to startups.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Name, dates, payer.
    pub common: Common,
    /// What it does.
    pub kind: ServiceKind,
    /// The building.
    pub building: Building,
    /// Who may use it.
    pub scope: Scope,
    /// Share of them that use it in a year [1].
    pub reach: f64,
    /// Cost of a firm's use [KRW m/year].
    pub cost_per_firm: f64,
}

/// What institutes are that a policy brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// University joint research centres.
    University,
    /// Government-funded institutes.
    Government,
    /// Private institutes, which spin off firms at the rate of those that are there.
    Private,
}

/// Institutes that a policy brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Institutes {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
    /// Where they come.
    pub area: Area,
    /// What they are.
    pub form: Form,
    /// How many.
    pub institutes: u32,
    /// Mean headcount of one [persons].
    pub headcount: f64,
    /// Chance that one comes from elsewhere in the city [1].
    pub from_city: f64,
}

/// An experience centre for citizens.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperienceCentre {
    /// Name, dates, payer.
    pub common: Common,
    /// The building.
    pub building: Building,
}

/// All levers of one policy, by kind, each list in the order of slots.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Facilities.
    pub facilities: Vec<Facility>,
    /// Designations.
    pub designations: Vec<Designation>,
    /// Programmes.
    pub programmes: Vec<Programme>,
    /// Homes.
    pub homes: Vec<Homes>,
    /// Matching funds.
    pub funds: Vec<MatchingFund>,
    /// Rent vouchers.
    pub vouchers: Vec<RentVoucher>,
    /// Wage subsidies.
    pub wage_subsidies: Vec<WageSubsidy>,
    /// Grants.
    pub grants: Vec<ResearchGrant>,
    /// Services.
    pub services: Vec<Service>,
    /// Institutes brought.
    pub institutes: Vec<Institutes>,
    /// Experience centres.
    pub experience_centres: Vec<ExperienceCentre>,
}

impl Plan {
    /// What every lever has, over all kinds, in the order of kinds and slots.
    pub fn levers(&self) -> impl Iterator<Item = &Common> {
        let facilities = self.facilities.iter().map(|lever| &lever.common);
        let designations = self.designations.iter().map(|lever| &lever.common);
        let programmes = self.programmes.iter().map(|lever| &lever.common);
        let homes = self.homes.iter().map(|lever| &lever.common);
        let funds = self.funds.iter().map(|lever| &lever.common);
        let vouchers = self.vouchers.iter().map(|lever| &lever.common);
        let wages = self.wage_subsidies.iter().map(|lever| &lever.common);
        let grants = self.grants.iter().map(|lever| &lever.common);
        let services = self.services.iter().map(|lever| &lever.common);
        let institutes = self.institutes.iter().map(|lever| &lever.common);
        let centres = self.experience_centres.iter().map(|lever| &lever.common);
        facilities
            .chain(designations)
            .chain(programmes)
            .chain(homes)
            .chain(funds)
            .chain(vouchers)
            .chain(wages)
            .chain(grants)
            .chain(services)
            .chain(institutes)
            .chain(centres)
    }
}

/// The levers of a list whose slots are kept, with those of another list whose slots are taken over
/// in their place, in the order of slots.
fn merged<T: Clone>(
    own: &[T],
    other: &[T],
    slot: fn(&T) -> LeverSlot,
    keep: &impl Fn(LeverSlot) -> bool,
    take: &impl Fn(LeverSlot) -> bool,
) -> Vec<T> {
    let kept = own.iter().filter(|lever| keep(slot(lever)) && !take(slot(lever)));
    let taken = other.iter().filter(|lever| take(slot(lever)));
    let mut levers: Vec<T> = kept.chain(taken).cloned().collect();
    levers.sort_by_key(slot);
    levers
}

impl Plan {
    /// This plan with the levers of these slots as they are in another plan: added, changed, or
    /// gone where the other plan has none.
    #[must_use]
    pub fn with_levers_of(&self, other: &Self, slots: &[LeverSlot]) -> Self {
        let keep = |slot: LeverSlot| !slots.contains(&slot);
        let take = |slot: LeverSlot| slots.contains(&slot);
        macro_rules! lists {
            ($($list:ident)*) => {
                Self {
                    $($list: merged(
                        &self.$list,
                        &other.$list,
                        |lever| lever.common.slot,
                        &keep,
                        &take,
                    ),)*
                }
            };
        }
        lists! {
            facilities designations programmes homes funds vouchers wage_subsidies grants services
            institutes experience_centres
        }
    }
}
