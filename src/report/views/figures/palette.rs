//! Colours and dashes of policies: eight times safe for colour-blind readers (Okabe and Ito 2008,
//! without black and yellow, the baseline grey), then told apart by their dashes.

/// The baseline.
pub const BASELINE: &str = "#57606a";

/// The colours of policies, in order.
pub const COLOURS: [&str; 6] = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B97A00", "#3A9BD1"];

/// The dashes, one for each round of colours; the first is a whole line.
pub const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];

/// Parts of the jobs account, from what was there anyway to what is gone: term, colour.
pub const TERMS: [(&str, &str); 7] = [
    ("deadweight", "#c9ced4"),
    ("relocated", "#E9C46A"),
    ("created", "#0072B2"),
    ("created_outside", "#66B2DE"),
    ("spillover", "#009E73"),
    ("lost", "#D55E00"),
    ("displaced", "#CC79A7"),
];

/// Colour and dashes of a policy, by its place and that of the baseline.
#[must_use]
pub fn of_policy(policy: usize, baseline: usize) -> (&'static str, &'static str) {
    if policy == baseline {
        return (BASELINE, "4 3");
    }
    let number = policy - usize::from(policy > baseline);
    (COLOURS[number % COLOURS.len()], DASHES[number / COLOURS.len() % DASHES.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dozen_policies_look_different() {
        let mut seen: Vec<_> = (0..24).map(|policy| of_policy(policy, 3)).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 24);
    }
}
