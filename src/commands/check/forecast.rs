//! How many replications a promise of precision will take, as `check --estimate` says it.

use std::fmt::Write as _;

use crate::analysis::selection::precision::Forecast;
use crate::analysis::selection::promise::Ended;
use crate::analysis::selection::promise::Found;
use crate::analysis::selection::promise::Promise;

/// How many replications promised half-widths will take, as people read it.
pub(super) fn forecast(promise: &Promise) -> String {
    let mut text = format!(
        "\nprecision: from a pilot of {} replications, at most {} allowed\n",
        promise.evaluated, promise.ceiling
    );
    for found in &promise.found {
        let Found { outcome, unit, promised, policy, .. } = found;
        let _ = match found.needed {
            Some(Forecast { expected, low, high }) => writeln!(
                text,
                "  {outcome} ±{promised} {unit}: {expected} replications are expected to do, {low} to {high} with a \
                 probability of 90 %, for `{policy}`",
            ),
            None if policy.is_empty() => {
                writeln!(
                    text,
                    "  {outcome} ±{promised} {unit}: no policy differs from the baseline"
                )
            }
            None => writeln!(
                text,
                "  {outcome} ±{promised} {unit}: the pilot cannot tell, for `{policy}`"
            ),
        };
    }
    let _ = writeln!(
        text,
        "  {}",
        match promise.ended {
            Ended::Held =>
                "they hold within the pilot; time and disk above are of that number".to_owned(),
            Ended::Planned => format!(
                "time and disk above are of the {} that shards plan, with which each holds with a probability of 95 %; \
                 a whole run stops as soon as they hold",
                promise.replications
            ),
            Ended::Ceiling =>
                "the ceiling is too low for all to hold with a probability of 95 %".to_owned(),
        }
    );
    text
}
