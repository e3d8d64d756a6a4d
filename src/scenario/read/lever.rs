//! A policy's levers: from checked settings to the typed plan that the model runs on.

use crate::policy::lever::Common;
use crate::policy::levers::LeverKind;
use crate::policy::levers::Levers;
use crate::policy::values::Names;
use crate::policy::values::Values;
use crate::scenario::WrittenLever;
use crate::scenario::parameter::Register;
use crate::scenario::problem::Problems;
use crate::scenario::read::inherit::Merged;
use crate::scenario::read::instrument;
use crate::scenario::read::setting;
use crate::scenario::read::together;

/// Checks the levers of a policy and puts them into its plan; `names` are what settings may
/// name, the register has the parameters.
pub(super) fn read<'a>(
    merged: &Merged<'a>,
    names: Names<'a>,
    register: &Register,
) -> Result<(Levers, Vec<WrittenLever>), Problems> {
    let mut problems = Problems::default();
    let mut levers = Vec::new();
    for (&name, lever) in &merged.levers {
        let settings = problems.keep(setting::read(name, lever, names, !merged.broken));
        if let Some(instrument) = settings.as_ref().filter(|it| it.kind == LeverKind::Instrument) {
            problems.add(instrument::without_size(name, instrument, register));
        }
        levers.extend(settings.map(|settings| (name, settings)));
        if problems.are_many() {
            break;
        }
    }
    problems.add(together::contradictions(merged, &levers));
    if !problems.0.is_empty() || levers.len() < merged.levers.len() {
        return Err(problems);
    }

    let mut plan = Levers::default();
    let mut written = Vec::new();
    // Names come in order, and so do slots: each list of the plan is in the order of slots.
    for (name, settings) in &levers {
        let values = &settings.values;
        plan.push(settings.kind, common(name, settings.kind, values), values);
        written.push(WrittenLever {
            name: (*name).to_owned(),
            kind: settings.kind.spec().name,
            from: values.date("from"),
            until: values.date_if_written("until"),
            source: values.text("source"),
            settings: settings.written(),
        });
    }
    Ok((plan, written))
}

fn common(name: &str, kind: LeverKind, values: &Values<'_>) -> Common {
    let package = values.has("package").then(|| values.text("package"));
    Common {
        spec: kind.spec(),
        name: name.to_owned(),
        slot: values.slot(name),
        from: values.date("from"),
        until: values.date_if_written("until"),
        package: package.unwrap_or_else(|| name.to_owned()),
        payer: values.payer("payer"),
    }
}
