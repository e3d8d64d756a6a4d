//! From records near the observed one to the observed one: linear regression adjustment.

use crate::evidence::linear;
use crate::evidence::sampler::State;

impl State {
    /// Weighted normal scores, adjusted for how far their records still are from the observed one.
    ///
    /// # Formula
    ///
    /// ```text
    /// scores* = scores - B (record - observed) / scale
    /// ```
    ///
    /// with B from a weighted regression of scores on scaled records, its ridge the number of
    /// figures over the effective sample size. Of a particle with several records within the
    /// tolerance their mean is taken. On normal scores no draw can leave its prior's range.
    ///
    /// # Source
    ///
    /// Beaumont, Zhang and Balding (2002), Genetics 162, 2025–2035; with it draws at a moderate
    /// tolerance are as good as those at a small one (Li and Fearnhead 2018, Biometrika 105).
    #[must_use]
    pub fn adjusted(&self, observed: &[f64]) -> Vec<(f64, Vec<f64>)> {
        let tolerance = self.tolerance();
        let alive = self.particles.iter().filter(|particle| particle.weight > 0.0);
        let rows: Vec<(f64, &[f64], Vec<f64>)> = alive
            .map(|particle| {
                let near = particle.distances.iter().zip(&particle.records);
                let near: Vec<&Vec<f64>> =
                    near.filter(|(far, _)| **far <= tolerance).map(|(_, record)| record).collect();
                let away = (0..observed.len()).map(|figure| {
                    let sum: f64 = near.iter().map(|record| record[figure]).sum();
                    let away = sum / near.len() as f64 - observed[figure];
                    if self.scale[figure] > 0.0 { away / self.scale[figure] } else { 0.0 }
                });
                (particle.weight, particle.scores.as_slice(), away.collect())
            })
            .collect();
        let slopes = self.slopes(&rows, observed.len());
        rows.iter()
            .map(|(weight, scores, away)| {
                let moved = scores.iter().zip(&slopes).map(|(score, slopes)| {
                    score - slopes.iter().zip(away).map(|(slope, away)| slope * away).sum::<f64>()
                });
                (*weight, moved.collect())
            })
            .collect()
    }

    /// For each parameter its slope on each scaled figure.
    fn slopes(&self, rows: &[(f64, &[f64], Vec<f64>)], figures: usize) -> Vec<Vec<f64>> {
        let points = rows.iter().map(|(weight, _, away)| (*weight, away.as_slice()));
        let (centre, mut spread) = linear::moments(points, figures);
        let ridge = figures as f64 / self.effective().max(1.0);
        for (figure, row) in spread.iter_mut().enumerate() {
            row[figure] += ridge;
        }
        let root = linear::cholesky(&spread);
        let dimensions = rows.first().map_or(0, |(_, scores, _)| scores.len());
        (0..dimensions)
            .map(|axis| {
                let mean: f64 = rows.iter().map(|(weight, scores, _)| weight * scores[axis]).sum();
                let with = |figure: usize| -> f64 {
                    rows.iter()
                        .map(|(weight, scores, away)| {
                            weight * (scores[axis] - mean) * (away[figure] - centre[figure])
                        })
                        .sum()
                };
                linear::solve(&root, &(0..figures).map(with).collect::<Vec<f64>>())
            })
            .collect()
    }
}
