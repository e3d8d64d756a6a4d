//! SVG as text: escaped, with coordinates to a tenth of a pixel. A drawing becomes a picture, with a
//! title above it, or pieces of the page, whose marks say what they show.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::report::text::shorten;

/// Fonts that common systems have, the bundled one first.
pub const FONTS: &str = "'Noto Sans CJK KR','Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',\
    'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/// How pictures look; plain colours, as programs that draw SVG know no more.
pub const STYLE: &str = "text{font-size:12px;fill:#30363d}\
    .title{font-size:19px;fill:#0d1117}.note{font-size:11.5px;fill:#57606a}\
    .head{font-size:13px;fill:#0d1117}.tick{font-size:11px;fill:#57606a}\
    .grid{stroke:#d0d7de;stroke-width:1;fill:none}.zero{stroke:#57606a;stroke-width:1;fill:none}\
    .base{stroke:#6e7781;stroke-width:1.4;stroke-dasharray:4 3;fill:none}\
    .ring{fill:none;stroke:#0d1117;stroke-width:1.3}";

/// How the page's switches show in its pieces: what is off, the bands and the line of the policy in
/// focus, and what is lit.
pub const LIVE_STYLE: &str = ".off,.bands{display:none}.bands.on{display:inline}\
    .focus path{stroke-width:3.2px}.focus text{font-weight:600}.dim [data-policy]:not(.lit){opacity:.2}";

/// Where a text stands to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A piece of a chart on the page: an `<svg>` that goes with a policy, or with all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The policy without which it is hidden.
    pub policy: Option<usize>,
    /// The element.
    pub svg: String,
}

/// A drawing under way.
#[derive(Clone, Debug, Default)]
pub struct Svg {
    body: String,
    /// Whether marks say what they show: on the page.
    live: bool,
}

impl Svg {
    /// A drawing for the page.
    #[must_use]
    pub fn live() -> Self {
        Self { live: true, ..Self::default() }
    }

    /// Draws a mark; on the page it says `tip` under the pointer and when it has the focus.
    pub fn mark(&mut self, tip: impl FnOnce() -> String, draw: impl FnOnce(&mut Self)) {
        if self.live {
            self.add(&format!("<g data-tip=\"{}\">", lines(&tip())));
        }
        draw(self);
        if self.live {
            self.add("</g>");
        }
    }

    /// Draws what goes with a policy, so that the page can hide and light it.
    pub fn of_policy(&mut self, policy: usize, draw: impl FnOnce(&mut Self)) {
        if self.live {
            self.add(&format!("<g data-policy=\"{policy}\">"));
        }
        draw(self);
        if self.live {
            self.add("</g>");
        }
    }

    /// Room around a mark that the pointer finds as well, on the page.
    pub fn target(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        if self.live {
            let [x, y, width, height] = [x, y, width, height].map(px);
            self.add(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
                 fill=\"transparent\"/>"
            ));
        }
    }

    /// The drawing as a piece of the page, from `at` on and of a size `[px]`; `attributes` begin with
    /// a space.
    #[must_use]
    pub fn piece(
        &self,
        policy: Option<usize>,
        class: &str,
        attributes: &str,
        at: (f64, f64),
        size: (f64, f64),
    ) -> Piece {
        let [x, y, width, height] = [at.0, at.1, size.0, size.1].map(px);
        let of = policy.map_or_else(String::new, |policy| format!(" data-policy=\"{policy}\""));
        let svg = format!(
            "<svg class=\"piece {class}\"{of}{attributes} viewBox=\"{x} {y} {width} {height}\">{}</svg>",
            self.body
        );
        Piece { policy, svg }
    }

    /// Opens a group that is moved.
    pub fn open(&mut self, x: f64, y: f64) {
        self.add(&format!("<g transform=\"translate({} {})\">", px(x), px(y)));
    }

    /// Closes a group.
    pub fn close(&mut self) {
        self.add("</g>\n");
    }

    /// A text of a class of `STYLE`.
    pub fn text(&mut self, at: (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let (x, y, text) = (px(at.0), px(at.1), escape(text));
        self.add(&format!(
            "<text x=\"{x}\" y=\"{y}\" class=\"{class}\" text-anchor=\"{anchor}\">{text}</text>"
        ));
    }

    /// A straight line of a class of `STYLE`.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(px);
        self.add(&format!(
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" class=\"{class}\"/>"
        ));
    }

    /// A path with attributes of its own.
    pub fn path(&mut self, path: &str, attributes: &str) {
        if !path.is_empty() {
            self.add(&format!("<path d=\"{path}\" {attributes}/>"));
        }
    }

    /// Any element, written out.
    pub fn add(&mut self, element: &str) {
        self.body.push_str(element);
    }

    /// The whole picture with a title and a note above it.
    ///
    /// The body starts below both; `height` is its own.
    #[must_use]
    pub fn picture(&self, head: &Heading<'_>, width: f64, height: f64) -> String {
        let notes = wrapped(head.note, width - 2.0 * MARGIN, 11.5);
        let mut top = Self::default();
        top.text((MARGIN, 34.0), Anchor::Start, "title", head.title);
        let mut y = 40.0;
        for note in &notes {
            y += 16.0;
            top.text((MARGIN, y), Anchor::Start, "note", note);
        }
        y += 16.0;
        let whole = y + height + MARGIN;
        let (label, language) = (escape(head.title), head.language);
        let (width, whole_px) = (px(width), px(whole));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {whole_px}\" \
             width=\"{width}\" height=\"{whole_px}\" lang=\"{language}\" role=\"img\" \
             aria-label=\"{label}\" font-family=\"{FONTS}\"><style>{STYLE}</style>\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n{}\
             <g transform=\"translate(0 {})\">\n{}</g></svg>\n",
            top.body,
            px(y),
            self.body
        )
    }
}

/// Space around a picture `[px]`.
pub const MARGIN: f64 = 24.0;

/// How wide a piece for a desk is `[px]`.
pub const DESK: f64 = 912.0;

/// How wide a piece for a phone is `[px]`.
pub const PHONE: f64 = 360.0;

/// What stands above a picture.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// Its title.
    pub title: &'a str,
    /// What is to be known to read it.
    pub note: &'a str,
    /// The language's tag.
    pub language: &'a str,
}

/// A coordinate, to a tenth of a pixel.
#[must_use]
pub fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A line through points; a gap where there is none.
#[must_use]
pub fn line_path(points: impl IntoIterator<Item = Option<(f64, f64)>>) -> String {
    let mut path = String::new();
    let mut pen_down = false;
    for point in points {
        if let Some((x, y)) = point {
            // Writing into a string cannot fail.
            let _ = write!(path, "{}{} {}", if pen_down { "L" } else { "M" }, px(x), px(y));
        }
        pen_down = point.is_some();
    }
    path
}

/// The area between two edges, as far as both are known.
#[must_use]
pub fn band_path(edges: &[(f64, Option<f64>, Option<f64>)]) -> String {
    let known: Vec<(f64, f64, f64)> =
        edges.iter().filter_map(|&(x, low, high)| Some((x, low?, high?))).collect();
    let upper = known.iter().map(|&(x, _, high)| Some((x, high)));
    let lower = known.iter().rev().map(|&(x, low, _)| Some((x, low)));
    let path = line_path(upper.chain(lower));
    if path.is_empty() { path } else { path + "Z" }
}

/// Text that is no markup.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // XML has no way to write other control characters.
            '\t' | '\n' | '\r' => escaped.push(' '),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// The same of several lines, for an attribute.
#[must_use]
pub fn lines(text: &str) -> String {
    text.split('\n').map(escape).collect::<Vec<_>>().join("&#10;")
}

/// About how wide a text is `[px]`: a Latin letter a little over half its size, a Korean one all of it.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    text.width() as f64 * size * 0.53
}

/// A text cut into lines of a width.
fn wrapped(text: &str, width: f64, size: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && text_width(line, size) + text_width(word, size) > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// Texts that stand together, each cut to a width, with dots where something is missing.
#[must_use]
pub fn labels(texts: &[&str], width: f64, size: f64) -> Vec<String> {
    shorten::labels(texts, width, "…", |text| text_width(text, size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_markup() {
        assert_eq!(escape("<b>\"A&B\"\u{0}</b>\n"), "&lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt; ");
    }

    #[test]
    fn a_line_has_a_gap_where_a_point_is_missing() {
        let points = [Some((0.0, 1.0)), Some((1.04, -0.01)), None, Some((3.0, 1.25))];
        assert_eq!(line_path(points), "M0 1L1 0M3 1.2");
        let edges =
            [(0.0, Some(1.0), Some(2.0)), (1.0, None, Some(9.0)), (2.0, Some(3.0), Some(4.0))];
        assert_eq!(band_path(&edges), "M0 2L2 4L2 3L0 1Z");
        assert_eq!(band_path(&edges[1..2]), "");
    }
}
