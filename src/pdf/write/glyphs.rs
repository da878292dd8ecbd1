//! The glyphs in use, and the fonts cut down to them.

use std::collections::BTreeMap;

use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::pdf::PdfError;
use crate::pdf::display::{Display, Shape};
use crate::pdf::fonts::{Face, Fonts};
use crate::pdf::shaped::{Cluster, Kind, Shaped};

/// What a glyph stands for that is only ever drawn in place of missing characters.
const SUBSTITUTE: &str = "〓";

/// A font as the file holds it.
pub(super) struct Subset {
    /// Its resource name.
    pub id: FontId,
    /// Old glyph id → new one, its text, its width in 1/1000 em.
    glyphs: BTreeMap<u16, Mapped>,
}

/// A glyph of the subset.
pub(super) struct Mapped {
    pub id: u16,
    /// The text that readers find for it.
    pub text: String,
    /// The width that the file states, in 1/1000 em.
    pub width: f32,
}

impl Subset {
    pub fn get(&self, glyph: u16) -> Option<&Mapped> {
        self.glyphs.get(&glyph)
    }

    /// Whether a reader finds a cluster's text by its glyph alone.
    pub fn tells(&self, shaped: &Shaped, cluster: &Cluster) -> bool {
        let text = shaped.text_of(cluster);
        let mut chars = text.chars();
        let (Some(one), None) = (chars.next(), chars.next()) else { return false };
        let glyphs = shaped.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
        let [glyph] = glyphs else { return false };
        !cluster.lost && !is_private(one) && self.get(glyph.id).is_some_and(|mapped| mapped.text == text)
    }
}

/// Characters without a public meaning (外字) need their text stated.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Cuts each face down to the glyphs in use and registers it, in the order of the faces.
pub(super) fn embed(
    pdf: &mut PdfDocument,
    display: &Display,
    fonts: &Fonts,
) -> Result<Vec<Subset>, PdfError> {
    let used = used(display, fonts.faces().len());
    let all = fonts.faces().iter().zip(used).enumerate();
    all.map(|(at, (face, used))| subset(pdf, face, &format!("T{at}"), used)).collect()
}

fn subset(
    pdf: &mut PdfDocument,
    face: &Face,
    id: &str,
    used: BTreeMap<u16, String>,
) -> Result<Subset, PdfError> {
    let id = FontId(id.to_owned());
    if used.is_empty() {
        return Ok(Subset { id, glyphs: BTreeMap::new() });
    }
    let embed = |reason: String| PdfError::Embed { font: face.name.clone(), reason };
    let mut remapper = GlyphRemapper::new();
    for glyph in used.keys() {
        remapper.remap(*glyph);
    }
    let bytes = subsetter::subset(face.bytes(), 0, &remapper).map_err(|error| embed(error.to_string()))?;
    let mut font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
        .ok_or_else(|| embed("切り出した書体を読めません".to_owned()))?;
    font.font_name = Some(format!("{}+{}", label(face, &used), face.name));
    let em = f32::from(font.pdf_font_metrics.units_per_em.max(1));
    let mut glyphs = BTreeMap::new();
    for (old, text) in used {
        let new = remapper.get(old).unwrap_or_default();
        // printpdf states widths in whole thousandths, cut off.
        let width = (f32::from(font.get_glyph_width(new).unwrap_or_default()) * 1000.0 / em).trunc();
        glyphs.insert(old, Mapped { id: new, text, width });
    }
    pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
    Ok(Subset { id, glyphs })
}

/// Six letters that differ from subset to subset.
fn label(face: &Face, used: &BTreeMap<u16, String>) -> String {
    let mut hash = Sha256::new();
    hash.update(face.name.as_bytes());
    for glyph in used.keys() {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// For each face, the glyphs in use and the text of each: the first single character that it stands for, else its first text.
fn used(display: &Display, faces: usize) -> Vec<BTreeMap<u16, String>> {
    let mut single: Vec<BTreeMap<u16, String>> = vec![BTreeMap::new(); faces];
    let mut other = single.clone();
    let texts = display.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.shape {
        Shape::Text { shaped, first, end, .. } => Some((shaped, *first..*end)),
        _ => None,
    });
    for (shaped, range) in texts {
        for cluster in shaped.clusters.get(range).unwrap_or_default() {
            if cluster.kind == Kind::Newline {
                continue;
            }
            let text = shaped.text_of(cluster);
            let glyphs = shaped.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
            let plain = glyphs.len() == 1 && !cluster.lost && text.chars().nth(1).is_none();
            let Some(map) = (if plain { &mut single } else { &mut other }).get_mut(cluster.face) else {
                continue;
            };
            let text = if cluster.lost { SUBSTITUTE } else { text };
            for glyph in glyphs {
                map.entry(glyph.id).or_insert_with(|| text.to_owned());
            }
        }
    }
    for (single, other) in single.iter_mut().zip(other) {
        for (glyph, text) in other {
            single.entry(glyph).or_insert(text);
        }
    }
    single
}
