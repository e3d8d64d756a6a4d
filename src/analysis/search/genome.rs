//! What genes stand for.

use serde::Deserialize;
use serde::Serialize;

/// What a gene between 0 and 1 stands for.
///
/// Genes that stand for one of several choices lie in the middle of the choice's share of [0, 1]:
/// see [`Kind::settled`]. So two genomes that mean the same are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Any number from 0 to 1, such as the size of a lever within its range.
    Real,
    /// One of the whole numbers 0 to `n` − 1, such as a year; an `n` of 0 counts as 1.
    Whole {
        /// How many numbers there are.
        n: u32,
    },
    /// On from 0.5 on, off below, such as whether a lever is used.
    Switch,
}

impl Kind {
    /// How many choices there are; `None` for a real number.
    #[must_use]
    pub const fn choices(self) -> Option<u32> {
        match self {
            Self::Real => None,
            Self::Whole { n: 0 } => Some(1),
            Self::Whole { n } => Some(n),
            Self::Switch => Some(2),
        }
    }

    /// The choice that a gene stands for: floor(n · gene), at most n − 1; of a switch 1 for on and
    /// 0 for off. A real number has no choices and gives 0.
    #[must_use]
    pub fn choice(self, gene: f64) -> u32 {
        let Some(choices) = self.choices() else { return 0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to n")]
        let choice = (gene.clamp(0.0, 1.0) * f64::from(choices)) as u32;
        choice.min(choices - 1)
    }

    /// The gene that stands for a choice: (choice + 1/2) / n. Of a real number, 1/2.
    #[must_use]
    pub fn gene_of(self, choice: u32) -> f64 {
        let Some(choices) = self.choices() else { return 0.5 };
        (f64::from(choice.min(choices - 1)) + 0.5) / f64::from(choices)
    }

    /// The gene as it is kept: within [0, 1] and, where it stands for a choice, in the middle of
    /// that choice's share. What is no number becomes 0.5.
    #[must_use]
    pub fn settled(self, gene: f64) -> f64 {
        let gene = if gene.is_nan() { 0.5 } else { gene.clamp(0.0, 1.0) };
        // −0 and 0 mean the same.
        if self == Self::Real { gene + 0.0 } else { self.gene_of(self.choice(gene)) }
    }

    /// Whether a switch is on; of other kinds, whether the gene is at least 0.5.
    #[must_use]
    pub fn is_on(self, gene: f64) -> bool {
        gene >= 0.5
    }
}

/// A genome by its bits, so that genomes can be told apart in a set.
pub(super) fn bits(genome: &[f64]) -> Vec<u64> {
    genome.iter().map(|gene| gene.to_bits()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_is_read_back_from_its_gene() {
        for kind in [Kind::Switch, Kind::Whole { n: 1 }, Kind::Whole { n: 7 }, Kind::Whole { n: 0 }]
        {
            for choice in 0..kind.choices().unwrap() {
                let gene = kind.gene_of(choice);
                assert_eq!(kind.choice(gene), choice);
                assert_eq!(kind.settled(gene).to_bits(), gene.to_bits());
            }
        }
        assert!(Kind::Switch.is_on(Kind::Switch.gene_of(1)));
        assert!(!Kind::Switch.is_on(Kind::Switch.gene_of(0)));
        assert_eq!((Kind::Real.choices(), Kind::Real.choice(0.7)), (None, 0));
    }

    #[test]
    fn genes_are_brought_into_range() {
        let years = Kind::Whole { n: 4 };
        assert_eq!((years.choice(-1.0), years.choice(1.0), years.choice(0.5)), (0, 3, 2));
        for (gene, settled) in [(-0.5, 0.0), (-0.0, 0.0), (0.3, 0.3), (2.0, 1.0), (f64::NAN, 0.5)] {
            assert_eq!(Kind::Real.settled(gene).to_bits(), f64::to_bits(settled));
        }
        assert!((Kind::Switch.settled(f64::INFINITY) - 0.75).abs() < 1e-15);
    }
}
