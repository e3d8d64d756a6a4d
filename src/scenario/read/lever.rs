//! A policy's levers: from checked settings to the typed plan that the model runs on.

use crate::policy::lever::LeverKind;
use crate::policy::plan::Admission;
use crate::policy::plan::Building;
use crate::policy::plan::Common;
use crate::policy::plan::Degree;
use crate::policy::plan::Designation;
use crate::policy::plan::ExperienceCentre;
use crate::policy::plan::Facility;
use crate::policy::plan::Form;
use crate::policy::plan::Homes;
use crate::policy::plan::Institutes;
use crate::policy::plan::LeverSlot;
use crate::policy::plan::MatchingFund;
use crate::policy::plan::Payer;
use crate::policy::plan::Plan;
use crate::policy::plan::Programme;
use crate::policy::plan::Regime;
use crate::policy::plan::RentVoucher;
use crate::policy::plan::ResearchGrant;
use crate::policy::plan::Scope;
use crate::policy::plan::Service;
use crate::policy::plan::ServiceKind;
use crate::policy::plan::WageSubsidy;
use crate::scenario::WrittenLever;
use crate::scenario::problem::Problems;
use crate::scenario::read::policy::Merged;
use crate::scenario::read::setting;
use crate::scenario::read::settings::Settings;
use crate::scenario::read::together;

/// The word for a service's scope that is not one facility.
pub(super) const DISTRICT: &str = "district";

/// Checks the levers of a policy and puts them into its plan; `slots` are the lever names of the
/// scenario in order.
pub(super) fn read(
    merged: &Merged<'_>,
    slots: &[String],
) -> Result<(Plan, Vec<WrittenLever>), Problems> {
    let mut problems = Problems::default();
    let mut levers = Vec::new();
    for (&name, lever) in &merged.levers {
        let settings = problems.keep(setting::read(name, lever, !merged.broken));
        levers.extend(settings.map(|settings| (name, settings)));
        if problems.are_many() {
            break;
        }
    }
    problems.add(together::contradictions(merged, &levers));
    if !problems.0.is_empty() || levers.len() < merged.levers.len() {
        return Err(problems);
    }

    let mut plan = Plan::default();
    let mut written = Vec::new();
    // Names come in order, and so do slots: each list of the plan is in the order of slots.
    for (name, settings) in &levers {
        add(&mut plan, common(name, settings, slots), settings, slots);
        written.push(WrittenLever {
            name: (*name).to_owned(),
            kind: settings.kind.spec().name,
            from: settings.date("from"),
            until: settings.date_if_written("until"),
            source: settings.text("source"),
            settings: settings.written(),
        });
    }
    Ok((plan, written))
}

/// The number of a lever's name.
fn slot(name: &str, slots: &[String]) -> LeverSlot {
    let index = slots.iter().position(|slot| slot == name);
    index.and_then(|index| LeverSlot::try_from(index).ok()).unwrap_or(LeverSlot::MAX)
}

fn common(name: &str, settings: &Settings<'_>, slots: &[String]) -> Common {
    let package = settings.has("package").then(|| settings.text("package"));
    Common {
        name: name.to_owned(),
        slot: slot(name, slots),
        from: settings.date("from"),
        until: settings.date_if_written("until"),
        package: package.unwrap_or_else(|| name.to_owned()),
        payer: Payer::ALL[settings.choice("payer")],
    }
}

fn building(settings: &Settings<'_>) -> Building {
    Building {
        construction: settings.number("construction"),
        land: settings.number("land"),
        opening: settings.date("opening"),
        operation: settings.number("operation"),
    }
}

/// Flags by word, for a list of words as long as the register's.
fn flags<const N: usize>(settings: &Settings<'_>, name: &str) -> [bool; N] {
    let chosen = settings.has(name).then(|| settings.choices(name));
    // An absent list of words admits all.
    std::array::from_fn(|index| {
        chosen.as_ref().is_none_or(|chosen| chosen.get(index).copied().unwrap_or(false))
    })
}

/// Puts a lever into the list of its kind.
fn add(plan: &mut Plan, common: Common, settings: &Settings<'_>, slots: &[String]) {
    match settings.kind {
        LeverKind::Facility => plan.facilities.push(facility(common, settings)),
        LeverKind::Designation => plan.designations.push(designation(common, settings)),
        LeverKind::Programme => plan.programmes.push(programme(common, settings)),
        LeverKind::Homes => plan.homes.push(Homes {
            common,
            building: building(settings),
            units: settings.count("units"),
            rent: settings.number("rent"),
        }),
        LeverKind::MatchingFund => plan.funds.push(MatchingFund {
            common,
            budget: settings.number("budget"),
            share: settings.number("share"),
            stages: flags(settings, "stages"),
            whole_city: settings.choice("reach") == 1,
            recycling: settings.number("recycling"),
            administration: settings.number("administration"),
        }),
        LeverKind::RentVoucher => plan.vouchers.push(RentVoucher {
            common,
            area: settings.area("area"),
            share: settings.number("share"),
            duration: settings.number("duration"),
            longest_age: settings.number("longest_age"),
            vouchers: settings.count("vouchers"),
        }),
        LeverKind::WageSubsidy => plan.wage_subsidies.push(WageSubsidy {
            common,
            share: settings.number("share"),
            budget: settings.number("budget"),
            longest_age: settings.number("longest_age"),
        }),
        LeverKind::ResearchGrant => plan.grants.push(ResearchGrant {
            common,
            grants: settings.count("grants"),
            amount: settings.number("amount"),
            longest_age: settings.number("longest_age"),
            selection: [Admission::Ranked, Admission::Lottery][settings.choice("selection")],
        }),
        LeverKind::JointProjects => {
            plan.services.push(service(common, ServiceKind::JointProjects, settings, slots));
        }
        LeverKind::Testbed => {
            plan.services.push(service(common, ServiceKind::Testbed, settings, slots));
        }
        LeverKind::PrototypeSupport => {
            plan.services.push(service(common, ServiceKind::PrototypeSupport, settings, slots));
        }
        LeverKind::DataCentre => {
            plan.services.push(service(common, ServiceKind::DataCentre, settings, slots));
        }
        LeverKind::Institutes => plan.institutes.push(Institutes {
            common,
            building: building(settings),
            area: settings.area("area"),
            form: [Form::University, Form::Government, Form::Private][settings.choice("form")],
            institutes: settings.count("institutes"),
            headcount: settings.number("headcount"),
            from_city: settings.number("from_city"),
        }),
        LeverKind::ExperienceCentre => {
            plan.experience_centres.push(ExperienceCentre { common, building: building(settings) });
        }
    }
}

fn facility(common: Common, settings: &Settings<'_>) -> Facility {
    let admissions = [Admission::Ranked, Admission::FirstCome, Admission::Lottery];
    let admission = admissions[settings.choice("admission")];
    let has_days = admission != Admission::FirstCome && settings.has("recruitment_days");
    let recruitment_days = if has_days { settings.days("recruitment_days") } else { Vec::new() };
    let has_tenants = settings.has("initial_tenants");
    Facility {
        common,
        building: building(settings),
        area: settings.area("area"),
        places: settings.schedule("places"),
        tenancy: settings.number("tenancy"),
        room: settings.count("room"),
        rent_ratio: settings.number("rent_ratio"),
        admission,
        recruitment_days,
        awareness_factor: settings.number("awareness_factor"),
        extra_value: settings.number("extra_value"),
        services: settings.number("services"),
        longest_age: settings.number("longest_age"),
        sectors: flags(settings, "sectors"),
        graduates: settings.flag("graduates"),
        initial_tenants: if has_tenants { settings.count("initial_tenants") } else { 0 },
        floor_space: settings.schedule("floor_space"),
        service_cost: settings.number("service_cost"),
    }
}

fn designation(common: Common, settings: &Settings<'_>) -> Designation {
    Designation {
        common,
        area: settings.area("area"),
        regime: [Regime::SpecialZone, Regime::PromotionDistrict][settings.choice("regime")],
        decision: settings.date("decision"),
        delay_mean: settings.number("delay_mean"),
        refusal: settings.number("refusal"),
        share: settings.number("share"),
        plot_ratio: settings.number("plot_ratio"),
        acquisition_relief: settings.number("acquisition_relief"),
        property_relief: settings.number("property_relief"),
        review_exempt: settings.flag("review_exempt"),
        priority_examination: settings.flag("priority_examination"),
        loans: settings.number("loans"),
        loan_cost: settings.number("loan_cost"),
        administration: settings.number("administration"),
    }
}

fn programme(common: Common, settings: &Settings<'_>) -> Programme {
    let degrees = [Degree::Master, Degree::Doctor, Degree::NonDegree, Degree::Retraining];
    Programme {
        common,
        degree: degrees[settings.choice("degree")],
        intake: settings.schedule("intake"),
        length: settings.number("length"),
        new_share: settings.number("new_share"),
        linkage: settings.flag("linkage"),
        tuition: settings.number("tuition"),
    }
}

fn service(
    common: Common,
    kind: ServiceKind,
    settings: &Settings<'_>,
    slots: &[String],
) -> Service {
    let scope = settings.scope("scope");
    let scope =
        if scope == DISTRICT { Scope::District } else { Scope::Tenants(slot(&scope, slots)) };
    Service {
        common,
        kind,
        building: building(settings),
        scope,
        reach: settings.number("reach"),
        cost_per_firm: settings.number("cost_per_firm"),
    }
}
