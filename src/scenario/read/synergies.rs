//! The synergies of `district.toml`: pairs of neighbours that are closer while regimes are in force.

use crate::policy::area::Area;
use crate::policy::regime::Regime;
use crate::scenario::district::Synergy;
use crate::scenario::problem::Problems;
use crate::scenario::read::areas::area_name;
use crate::scenario::read::regimes::regime_name;
use crate::scenario::read::value;
use crate::scenario::read::walk::Fields;

/// One pair of neighbours that is closer while regimes are in force; `given` has those before it.
pub(super) fn read(
    mut fields: Fields<'_>,
    areas: &[(String, Area)],
    known: &[(String, Regime)],
    given: &mut Vec<Synergy>,
) -> Result<Synergy, Problems> {
    value::remarks(&mut fields);
    let at = fields.value("areas");
    let pair = fields.required("areas", "", |value| {
        let list = value::list(value, "two names of areas")?;
        let pair = value::each(list, |value| area_name(value, areas))?;
        match pair.as_slice() {
            &[one, other] if one != other => Ok([one, other]),
            _ => Err(value.problem("a pair is of two areas").expected("expected two names").into()),
        }
    });
    let regimes = fields.required("regimes", "", |value| {
        let list = value::list(value, "names of regimes")?;
        let mut found = Vec::new();
        value::each(list, |value| {
            let regime = regime_name(value, known)?;
            if found.contains(&regime) {
                let name = known.iter().find(|(_, other)| *other == regime).map_or("", |it| &it.0);
                let problem = value.problem(format!("the regime `{name}` stands here twice"));
                return Err(problem.expected("expected each regime once").into());
            }
            found.push(regime);
            Ok(())
        })?;
        if found.is_empty() {
            let problem = value.problem("no regime is named");
            return Err(problem.expected("expected one regime at least").into());
        }
        Ok(found)
    });
    let synergy = pair.zip(regimes).map(|(areas, regimes)| Synergy { areas, regimes });
    // With more regimes than another of the pair it never acts where that one does not.
    let adds_nothing = |synergy: &Synergy| {
        given.iter().any(|other| {
            let [one, two] = synergy.areas;
            let within = |these: &[Regime], those: &[Regime]| {
                these.iter().all(|regime| those.contains(regime))
            };
            other.is_of(one, two)
                && (within(&other.regimes, &synergy.regimes)
                    || within(&synergy.regimes, &other.regimes))
        })
    };
    if let (Some(synergy), Some(at)) = (&synergy, at)
        && adds_nothing(synergy)
    {
        let [one, other] = synergy.areas;
        let name =
            |area| areas.iter().find(|(_, found)| *found == area).map_or("", |(name, _)| name);
        let message = format!(
            "`{}` and `{}` have a synergy of some of these regimes, or of these and more",
            name(one),
            name(other)
        );
        let problem = at.problem(message).expected("expected one of the two");
        fields.note(problem.help(
            "each acts by itself, so that the one which asks for as many regimes or more adds nothing",
        ));
    }
    given.extend(synergy.clone());
    fields.finish(|| synergy)
}
