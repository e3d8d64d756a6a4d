//! A PNG from an SVG, with the bundled font alone: the same bytes on every machine.

use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg;

/// Noto Sans CJK KR, Latin and the syllables of KS X 1001; see `fonts/README.md`.
const FONT: &[u8] = include_bytes!("fonts/NotoSansCJKkr-Regular-KSX1001.otf");
/// Pixels of the PNG for one of the SVG: sharp on a projector.
const SCALE: f32 = 2.0;

/// Why a picture could not be drawn: a mistake in the program.
#[derive(Debug, thiserror::Error)]
#[error("the picture `{name}` cannot be drawn: {message}; this is a mistake in the program")]
pub struct PictureError {
    /// The picture.
    pub name: String,
    /// What went wrong.
    pub message: String,
}

/// Draws pictures.
#[derive(Debug)]
pub struct Painter {
    options: usvg::Options<'static>,
}

impl Painter {
    /// A painter with the bundled font.
    #[must_use]
    pub fn new() -> Self {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(FONT.to_vec());
        let options = usvg::Options {
            font_family: "Noto Sans CJK KR".to_owned(),
            fontdb: Arc::new(fonts),
            ..usvg::Options::default()
        };
        Self { options }
    }

    /// Draws a picture.
    ///
    /// # Errors
    ///
    /// Fails if the text is no SVG or too large to draw.
    pub fn png(&self, name: &str, svg: &str) -> Result<Vec<u8>, PictureError> {
        let failed = |message: String| PictureError { name: name.to_owned(), message };
        let tree =
            usvg::Tree::from_str(svg, &self.options).map_err(|error| failed(error.to_string()))?;
        let size = tree.size().to_int_size().scale_by(SCALE);
        let size = size.ok_or_else(|| failed("it has no size".to_owned()))?;
        let mut pixels = Pixmap::new(size.width(), size.height())
            .ok_or_else(|| failed("it is too large".to_owned()))?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
        pixels.encode_png().map_err(|error| failed(error.to_string()))
    }
}

impl Default for Painter {
    fn default() -> Self {
        Self::new()
    }
}
