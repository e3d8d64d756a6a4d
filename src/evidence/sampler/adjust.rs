//! From records near the observed one to the observed one: linear regression adjustment.

use crate::evidence::linear;
use crate::evidence::sampler::SamplerState;

impl SamplerState {
    /// Weighted normal scores, adjusted for how far their records still are from the observed one.
    ///
    /// # Formula
    ///
    /// ```text
    /// scores' = scores - s B (record - observed) / scale
    /// scores* = mean + c (scores' - mean of scores')
    /// ```
    ///
    /// with B from a weighted regression of scores on scaled records, its ridge the number of
    /// figures over the effective sample size N. A regression on k figures explains about k / N of
    /// anything by chance alone, so its slopes are shrunk by s = adjusted R² / R² of each
    /// parameter, 0 at least, and c makes up for what is left of the fit to chance: c² = 1 + 2 s
    /// σ² k / (N v) for the variance σ² that the regression leaves over and v of scores'. Where
    /// figures say nothing the draws keep the spread of their prior. k is the trace of the
    /// regression's hat matrix. Of a particle with several records within the tolerance their mean
    /// is taken. On normal scores no draw can leave its prior's range.
    ///
    /// # Source
    ///
    /// Beaumont, Zhang and Balding (2002), Genetics 162, 2025–2035; with it draws at a moderate
    /// tolerance are as good as those at a small one (Li and Fearnhead 2018, Biometrika 105).
    /// Optimism of a linear fit: Efron (2004), Journal of the American Statistical Association 99,
    /// 619-632; adjusted R²: Ezekiel (1930).
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
        let fits = self.fits(&rows, observed.len());
        rows.iter()
            .map(|(weight, scores, away)| {
                let adjusted =
                    scores.iter().zip(&fits).map(|(score, fit)| fit.adjusted(*score, away));
                (*weight, adjusted.collect())
            })
            .collect()
    }

    /// The regression of each parameter on the scaled figures.
    fn fits(&self, rows: &[(f64, &[f64], Vec<f64>)], figures: usize) -> Vec<Fit> {
        let points = rows.iter().map(|(weight, _, away)| (*weight, away.as_slice()));
        let (centre, spread) = linear::moments(points, figures);
        let effective = self.effective().max(1.0);
        let mut ridged = spread.clone();
        for (figure, row) in ridged.iter_mut().enumerate() {
            row[figure] += figures as f64 / effective;
        }
        let root = linear::cholesky(&ridged);
        let freedom: f64 =
            (0..figures).map(|figure| linear::solve(&root, &spread[figure])[figure]).sum();
        let dimensions = rows.first().map_or(0, |(_, scores, _)| scores.len());
        let fit = |axis: usize| {
            let mean: f64 = rows.iter().map(|(weight, scores, _)| weight * scores[axis]).sum();
            let sum = |of: &dyn Fn(f64, &[f64]) -> f64| -> f64 {
                rows.iter()
                    .map(|(weight, scores, away)| weight * of(scores[axis] - mean, away))
                    .sum()
            };
            let with: Vec<f64> = (0..figures)
                .map(|figure| sum(&|score, away| score * (away[figure] - centre[figure])))
                .collect();
            let slopes = linear::solve(&root, &with);
            let variance = sum(&|score, _| score * score);
            let common: f64 = slopes.iter().zip(&with).map(|(slope, with)| slope * with).sum();
            let fitted = sum(&|_, away| {
                let away = away.iter().zip(&centre).map(|(away, centre)| away - centre);
                let fitted: f64 = slopes.iter().zip(away).map(|(slope, away)| slope * away).sum();
                fitted * fitted
            });
            let left = variance - 2.0 * common + fitted;
            let explained = if variance > 0.0 { 1.0 - left / variance } else { 0.0 };
            let used = (freedom / (effective - 1.0).max(1.0)).min(1.0);
            let own = if used < 1.0 { left / (1.0 - used) } else { variance };
            let shrink = if explained > 0.0 && variance > 0.0 {
                ((1.0 - own / variance) / explained).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let narrowed = variance - 2.0 * shrink * common + shrink * shrink * fitted;
            let widen = if narrowed > 0.0 {
                (1.0 + 2.0 * shrink * own * used / narrowed).sqrt()
            } else {
                1.0
            };
            // The mean of what the slopes leave.
            let slopes: Vec<f64> = slopes.iter().map(|slope| shrink * slope).collect();
            let moved: f64 = slopes.iter().zip(&centre).map(|(slope, away)| slope * away).sum();
            Fit { slopes, centre: mean - moved, widen }
        };
        (0..dimensions).map(fit).collect()
    }
}

/// How a parameter's scores are adjusted.
struct Fit {
    /// On each scaled figure.
    slopes: Vec<f64>,
    /// The mean of the scores that the slopes have moved.
    centre: f64,
    /// The factor on their deviations from it.
    widen: f64,
}

impl Fit {
    fn adjusted(&self, score: f64, away: &[f64]) -> f64 {
        let moved: f64 = self.slopes.iter().zip(away).map(|(slope, away)| slope * away).sum();
        self.centre + self.widen * (score - moved - self.centre)
    }
}
