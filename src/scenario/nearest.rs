//! The nearest known name to a misspelt one.

/// How alike two names must be for one to be taken for a slip of the other [Jaro-Winkler].
const ALIKE: f64 = 0.8;

/// The known name that `name` most likely stands for; `None` where none is near.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(name, known, 1).pop()
}

/// Up to `count` known names that are near `name`, the nearest first.
#[must_use]
pub fn nearest_few<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    near(name, &mut known.into_iter(), count)
}

/// The same whatever kind of list it is: messages are made in a hundred places, and this once.
fn near<'a>(name: &str, known: &mut dyn Iterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    // Distances take time in the product of lengths; no name of ours is as long as this.
    if name.len() > 200 {
        return Vec::new();
    }
    let wanted = plain(name);
    let mut found: Vec<(f64, &str)> = known
        .map(|candidate| (likeness(&wanted, &plain(candidate)), candidate))
        .filter(|&(likeness, _)| likeness >= ALIKE)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    found.dedup_by_key(|&mut (_, candidate)| candidate);
    found.into_iter().take(count).map(|(_, candidate)| candidate).collect()
}

/// Jaro-Winkler favours a common start, edit distance a single slip; a name is near if either says so.
fn likeness(a: &str, b: &str) -> f64 {
    // In a short name a single slip is much, and still but a slip.
    let slips = strsim::damerau_levenshtein(a, b);
    let one_slip = if slips <= 1 && a.chars().count() >= 3 { ALIKE } else { 0.0 };
    strsim::jaro_winkler(a, b).max(strsim::normalized_damerau_levenshtein(a, b)).max(one_slip)
}

/// Hyphens, underscores and capitals are mixed up more often than letters.
fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace(['-', ' '], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_nonsense_finds_none() {
        let known = ["places", "payer", "construction", "special-zone"];
        assert_eq!(nearest("plcaes", known), Some("places"));
        assert_eq!(nearest("Special_Zone", known), Some("special-zone"));
        assert_eq!(nearest("hbu", ["baseline", "hub"]), Some("hub"));
        assert_eq!(nearest("xyzzy", known), None);
        assert_eq!(nearest(&"x".repeat(1_000_000), known), None);
    }
}
