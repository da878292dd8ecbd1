//! Stage 8b: a report document → the bytes of a PDF (PDF/A-2a and PDF/UA-1).
//!
//! Text is shaped once (`shape`), broken into lines (`breaking`, `text`) and laid out on pages (`layout`). What comes out is a display
//! list with a structure tree beside it (`display`), which knows no PDF. One module (`write`) turns it into a file.

mod breaking;
mod class;
mod display;
mod fonts;
mod justify;
mod labels;
mod layout;
mod proof;
mod shape;
mod shaped;
mod text;
mod theme;
mod write;

#[cfg(test)]
mod tests;

pub use fonts::{FontError, Fonts};
pub use theme::Theme;
pub use write::Drawn;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::report::Document;
use display::Display;

/// The pages, from 1, that the anchors of other documents stand on, by document path and anchor.
pub type Anchors = BTreeMap<(String, String), usize>;

/// A PDF and what must be said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendered {
    /// The file.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// Characters that no font has, drawn as 〓, and variants that none has, drawn as the plain character; each text's once.
    pub missing: Vec<MissingGlyph>,
    /// What does not fit its box or its page, as messages; empty when all is well.
    pub overflow: Vec<String>,
    /// How many pages it has.
    pub pages: usize,
    /// Its own anchors, each with its page from 1.
    pub anchors: Vec<(String, usize)>,
}

impl Rendered {
    /// As it is kept for the next run: what must be said about it on one line of JSON, then the file.
    pub fn to_kept(&self) -> Vec<u8> {
        // Plain structs of texts and numbers always have a JSON form.
        let mut kept = serde_json::to_vec(self).unwrap_or_default();
        kept.push(b'\n');
        kept.extend(&self.bytes);
        kept
    }

    /// The same from what was kept; `None` of anything else.
    pub fn from_kept(kept: &[u8]) -> Option<Self> {
        let end = kept.iter().position(|byte| *byte == b'\n')?;
        let said: Self = serde_json::from_slice(kept.get(..end)?).ok()?;
        let bytes = kept.get(end + 1..)?.to_vec();
        Some(Self { bytes, ..said })
    }
}

/// A character that no font has, or whose variant none has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingGlyph {
    /// The character, with the marks and the selector behind it.
    pub text: String,
    /// The fonts have the character, but not the variant that the selector behind it asks for; the plain one is drawn.
    pub variant: bool,
    /// The start of the text it stands in, at most 40 characters.
    pub context: String,
}

/// Why no PDF could be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// A font cannot be embedded.
    #[error(
        "書体「{font}」をPDFに埋め込めません（{reason}）。templates/fonts の書体ファイルを確かめてください"
    )]
    Embed {
        /// The font's name.
        font: String,
        /// What the library said.
        reason: String,
    },
    /// The file could not be put together.
    #[error("PDF「{path}」を組み立てられません（{reason}）")]
    Assemble {
        /// The document.
        path: String,
        /// What the library said.
        reason: String,
    },
}

/// Renders a document; links to other documents lead to what `anchors` knows. Equal arguments give equal bytes,
/// whatever was rendered before or beside.
pub fn render(
    document: &Document,
    theme: &Theme,
    fonts: &Fonts,
    anchors: &Anchors,
) -> Result<Rendered, PdfError> {
    let (display, mut overflow, missing) = lay_out(document, theme, fonts, anchors)?;
    overflow.extend(proof::prove(&display));
    let pages = display.pages.len();
    let anchors = display.anchors.iter().map(|anchor| (anchor.name.clone(), anchor.page + 1)).collect();
    let bytes = write::write(document, display, fonts)?;
    Ok(Rendered { bytes, missing, overflow, pages, anchors })
}

/// Lays a document out and draws it, for measuring what printpdf takes alone.
pub fn drawn(
    document: &Document,
    theme: &Theme,
    fonts: &Fonts,
    anchors: &Anchors,
) -> Result<Drawn, PdfError> {
    let (display, ..) = lay_out(document, theme, fonts, anchors)?;
    Drawn::new(&display, fonts)
}

/// The pages of a document, what does not fit on them, and the characters that no font has.
fn lay_out(
    document: &Document,
    theme: &Theme,
    fonts: &Fonts,
    anchors: &Anchors,
) -> Result<(Display, Vec<String>, Vec<MissingGlyph>), PdfError> {
    let theme = theme.in_look(&document.look);
    let opened = shape::open(fonts)?;
    let mut shaping = shape::Shaping::new(fonts, &opened, &theme);
    let (display, overflow) = layout::lay_out(document, &theme, &mut shaping, anchors);
    Ok((display, overflow, shaping.into_missing()))
}
