//! Every chart: pictures of the headline charts, as SVG and as PNG, and pieces for the page, made
//! without a browser.

pub mod additionality;
pub mod attribution;
pub mod axis;
pub mod cost;
pub mod difference;
pub mod fan;
pub mod forest;
pub mod groups;
pub mod map;
pub mod palette;
#[cfg(feature = "pictures")]
pub mod png;
pub mod scale;
pub mod svg;
pub mod timeline;
pub mod tip;

use crate::report::folder::viewed;
use crate::report::text::language::Language;
use crate::report::views::findings::Findings;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// One of [`viewed::PICTURE_NAMES`].
    pub name: &'static str,
    /// The SVG.
    pub svg: String,
}

/// Draws every picture for which there are figures.
#[must_use]
pub fn draw(findings: &Findings, language: Language) -> Vec<Picture> {
    let mut pictures = Vec::new();
    let compared = findings.about.policies.len() > 1;
    let mut add = |name: &'static str, svg: String| pictures.push(Picture { name, svg });
    if compared {
        add(viewed::PICTURE_NAMES[0], forest::draw(findings, language));
    }
    let jobs = ["city", "district"].map(|place| findings.series_of("jobs", place));
    for (series, name) in jobs.into_iter().zip([viewed::PICTURE_NAMES[1], viewed::PICTURE_NAMES[2]])
    {
        if let Some(series) = series {
            add(name, fan::draw(findings, series, language));
        }
    }
    for (series, name) in jobs.into_iter().zip([viewed::PICTURE_NAMES[3], viewed::PICTURE_NAMES[4]])
    {
        if let Some((series, focus)) = series.zip(focus(findings)) {
            add(name, difference::draw(findings, series, focus, language));
        }
    }
    if findings.terms.iter().any(|term| term.figure.mean.is_some()) {
        add(viewed::PICTURE_NAMES[5], additionality::draw(findings, language));
        add(viewed::PICTURE_NAMES[6], cost::draw(findings, language));
    }
    pictures
}

/// The policy in focus at first: of those shown at first, the one with the largest effect on jobs.
#[must_use]
pub fn focus(findings: &Findings) -> Option<usize> {
    let series = findings.series_of("jobs", "city").or(findings.series.first())?;
    let size = |policy: usize| {
        let last = series.difference[policy].last().and_then(|figure| figure.mean);
        last.map_or(0.0, f64::abs)
    };
    let compared = |&policy: &usize| policy != findings.about.baseline;
    let shown = findings.about.headline().into_iter().filter(compared);
    // Of equals the first.
    shown.rev().max_by(|&one, &other| size(one).total_cmp(&size(other)))
}
