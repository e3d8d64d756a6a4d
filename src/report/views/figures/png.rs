//! A PNG from an SVG, with the bundled font alone: the same bytes on every machine.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg;
use skrifa::FontRef;
use skrifa::MetadataProvider as _;
use skrifa::charmap::Charmap;

/// Noto Sans CJK KR: Latin, all syllables, the signs and Hanja of KS X 1001; see `fonts/README.md`.
#[cfg(feature = "hanja")]
const FONT: &[u8] = include_bytes!("fonts/NotoSansCJKkr-Regular-KSX1001.otf");
/// The same without Hanja.
#[cfg(not(feature = "hanja"))]
const FONT: &[u8] = include_bytes!("fonts/NotoSansCJKkr-Regular-Hangul.otf");
/// Pixels of the PNG for one of the SVG: sharp on a projector.
const SCALE: f32 = 2.0;
/// What stands for a letter that the font lacks; without it there would be nothing.
const LACKING: char = '□';

/// Why a picture could not be drawn: a mistake in the program.
#[derive(Debug, thiserror::Error)]
#[error("the picture `{name}` cannot be drawn: {message}; this is a mistake in the program")]
pub struct PictureError {
    /// The picture.
    pub name: String,
    /// What went wrong.
    pub message: String,
}

/// A picture as PNG.
#[derive(Debug)]
pub struct Drawn {
    /// The bytes of the file.
    pub png: Vec<u8>,
    /// The letters that the font lacks, for which a box stands.
    pub lacking: BTreeSet<char>,
}

/// Draws pictures.
pub struct Painter {
    options: usvg::Options<'static>,
    letters: Option<Charmap<'static>>,
}

impl Painter {
    /// A painter with the bundled font.
    #[must_use]
    pub fn new() -> Self {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(FONT)));
        let options = usvg::Options {
            font_family: "Noto Sans CJK KR".to_owned(),
            fontdb: Arc::new(fonts),
            ..usvg::Options::default()
        };
        Self { options, letters: FontRef::new(FONT).ok().map(|font| font.charmap()) }
    }

    /// Draws a picture.
    ///
    /// # Errors
    ///
    /// Fails if the text is no SVG or too large to draw.
    pub fn png(&self, name: &str, svg: &str) -> Result<Drawn, PictureError> {
        let failed = |message: String| PictureError { name: name.to_owned(), message };
        let lacking: BTreeSet<char> = svg.chars().filter(|&letter| self.lacks(letter)).collect();
        // All markup is ASCII, which the font has.
        let svg = svg.replace(|letter| lacking.contains(&letter), LACKING.encode_utf8(&mut [0; 4]));
        let tree =
            usvg::Tree::from_str(&svg, &self.options).map_err(|error| failed(error.to_string()))?;
        let size = tree.size().to_int_size().scale_by(SCALE);
        let size = size.ok_or_else(|| failed("it has no size".to_owned()))?;
        let mut pixels = Pixmap::new(size.width(), size.height())
            .ok_or_else(|| failed("it is too large".to_owned()))?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
        let png = pixels.encode_png().map_err(|error| failed(error.to_string()))?;
        Ok(Drawn { png, lacking })
    }

    /// Whether the font lacks a letter that has a shape of its own.
    fn lacks(&self, letter: char) -> bool {
        let joins =
            matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}');
        let found = |letters: &Charmap<'_>| letters.map(letter).is_some();
        !letter.is_control() && !joins && !self.letters.as_ref().is_some_and(found)
    }
}

impl Default for Painter {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Drawn {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"20\">\
             <text y=\"16\" font-size=\"16\">{text}</text></svg>"
        );
        Painter::new().png("test", &svg).unwrap()
    }

    #[test]
    fn the_letters_of_a_korean_desk_are_drawn() {
        let blank = drawn("");
        let hanja = if cfg!(feature = "hanja") { "地區革新" } else { "" };
        for letter in "①⑳ㆍ㈜㎢㎡※℃Ⅳ뷁펲가Aé€".chars().chain(hanja.chars()) {
            let drawn = drawn(&letter.to_string());
            assert!(drawn.lacking.is_empty(), "{letter}");
            assert_ne!(drawn.png, blank.png, "{letter}");
        }
        // Every syllable there is.
        let painter = Painter::new();
        assert!(('가'..='힣').all(|letter| !painter.lacks(letter)));
    }

    #[test]
    fn a_box_stands_for_what_the_font_lacks_and_it_is_told() {
        let with = drawn("a🚀b\u{200d}\u{fe0f}ج");
        assert_eq!(with.lacking, BTreeSet::from(['🚀', 'ج']));
        assert_eq!(with.png, drawn("a□b\u{200d}\u{fe0f}□").png);
    }
}
