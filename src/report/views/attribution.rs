//! What an attribution says on the terminal: a policy's effect split among its packages.

use std::fmt::Write as _;

use crate::analysis::attribution::Interaction;
use crate::analysis::attribution::Method;
use crate::analysis::attribution::Split;
use crate::analysis::statistics::Estimate;
use crate::report::tables::attribution::Attribution;
use crate::report::tables::attribution::TOTAL;
use crate::report::tables::attribution::decimals;
use crate::report::tables::attribution::printed;
use crate::report::text::console;
use crate::report::text::console::paragraph;

/// The attribution for people.
#[must_use]
pub fn summary(attribution: &Attribution<'_>) -> String {
    let mut text = heading(attribution);
    for split in attribution.splits {
        let measured = &split.measured;
        let unit = if measured.unit.is_empty() { "1" } else { measured.unit };
        // Writing into a string cannot fail.
        let _written =
            writeln!(text, "\n{} [{unit}], {}, {}", measured.metric, measured.place, measured.year);
        text.push_str(&parts_table(attribution, split));
        if !split.interactions.is_empty() {
            text.push('\n');
            text.push_str(&pairs_table(attribution, split));
        }
    }
    text
}

fn heading(attribution: &Attribution<'_>) -> String {
    let count = attribution.packages.len();
    let replications = attribution.splits.first().map_or(0, |split| split.total.replications);
    let packages = if count == 1 { "one package".to_owned() } else { format!("{count} packages") };
    let how = match attribution.method {
        Method::Exact => format!("all {} sets of its {}", 1_u64 << count, packages),
        Method::Sampled { pairs } => format!(
            "{} random orders of its {packages} in each replication; the intervals \
             contain what the sampling of orders adds",
            2 * pairs
        ),
    };
    let heading = format!(
        "What each package of {} adds against {}: Shapley values over {how}; {replications} \
         replications with the same random stream, 95 % intervals by Student's t.",
        attribution.policy, attribution.baseline
    );
    paragraph(&heading, 0)
}

fn parts_table(attribution: &Attribution<'_>, split: &Split) -> String {
    let decimals = decimals(&split.measured);
    let (parts, total) = printed(split);
    let mut rows: Vec<[String; 5]> = Vec::new();
    for ((package, part), printed) in attribution.packages.iter().zip(&split.parts).zip(parts) {
        rows.push([
            package.name.clone(),
            printed,
            interval(&part.shapley, decimals),
            shown(&part.leave_one_out, decimals),
            shown(&part.alone, decimals),
        ]);
    }
    rows.push([
        TOTAL.to_owned(),
        total,
        interval(&split.total, decimals),
        String::new(),
        String::new(),
    ]);
    right_aligned(&["package", "Shapley", "95 % interval", "if left out", "alone"], rows)
}

fn pairs_table(attribution: &Attribution<'_>, split: &Split) -> String {
    let decimals = decimals(&split.measured);
    let name = |place: usize| attribution.packages[place].name.as_str();
    let row = |pair: &Interaction| {
        [
            format!("{} with {}", name(pair.first), name(pair.second)),
            shown(&pair.together, decimals),
            shown(&pair.interaction, decimals),
            interval(&pair.interaction, decimals),
        ]
    };
    let rows = split.interactions.iter().map(row).collect();
    right_aligned(&["two packages", "together", "beyond the sum of each", "95 % interval"], rows)
}

fn shown(estimate: &Estimate, decimals: usize) -> String {
    // Rounded first, so that a zero has no sign.
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let rounded = (estimate.mean * scale).round() / scale + 0.0;
    format!("{rounded:.decimals$}")
}

fn interval(estimate: &Estimate, decimals: usize) -> String {
    match (estimate.ci_low, estimate.ci_high) {
        (Some(low), Some(high)) => {
            let end = |mean: f64| shown(&Estimate { mean, ..*estimate }, decimals);
            format!("{} to {}", end(low), end(high))
        }
        _ => "-".to_owned(),
    }
}

/// A table with all columns but the first set right.
fn right_aligned<const N: usize>(header: &[&str; N], rows: Vec<[String; N]>) -> String {
    let wide: [usize; N] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(header[column].len())
    });
    let set = |row: [String; N]| -> [String; N] {
        std::array::from_fn(|column| match column {
            0 => row[0].clone(),
            _ => format!("{:>width$}", row[column], width = wide[column]),
        })
    };
    let header: [String; N] = set(header.map(str::to_owned));
    let rows: Vec<[String; N]> = rows.into_iter().map(set).collect();
    console::table(header.each_ref().map(String::as_str), &rows)
}
