//! The glyphs in use, and the fonts cut down to them.

use std::collections::BTreeMap;

use printpdf::{Codepoint, FontId, ParsedFont, PdfDocument, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use crate::pdf::PdfError;
use crate::pdf::display::{Page, Shape};
use crate::pdf::fonts::{Face, Fonts};
use crate::pdf::shaped::{Cluster, Kind, Shaped};

/// What a glyph stands for that is only ever drawn in place of missing characters.
const SUBSTITUTE: &str = "〓";

/// A font as the file holds it.
pub(super) struct Subset {
    /// Its resource name.
    pub id: FontId,
    /// For each glyph of the whole font one more than its place among those in use; 0 where it is not.
    places: Vec<u16>,
    /// The glyphs in use, by their numbers in the file.
    glyphs: Vec<Mapped>,
}

/// A glyph of the subset.
pub(super) struct Mapped {
    /// Its number in the file.
    pub id: u16,
    /// The text that readers find for it.
    pub text: String,
    /// The width that the file states, in 1/1000 em.
    pub width: f32,
    /// Its text is one character with a public meaning.
    plain: bool,
}

impl Subset {
    pub fn get(&self, glyph: u16) -> Option<&Mapped> {
        let place = self.places.get(usize::from(glyph)).copied().map(usize::from)?;
        self.glyphs.get(place.checked_sub(1)?)
    }

    /// Whether a reader finds a cluster's text by its glyph alone.
    pub fn tells(&self, shaped: &Shaped, cluster: &Cluster) -> bool {
        let Some([glyph]) = shaped.glyphs.get(cluster.glyphs.clone()) else { return false };
        let mapped = self.get(glyph.id);
        !cluster.lost && mapped.is_some_and(|mapped| mapped.plain && mapped.text == shaped.text_of(cluster))
    }

    /// The text of a glyph, by its number in the file.
    pub fn text(&self, id: u16) -> Option<&str> {
        let place = self.glyphs.binary_search_by_key(&id, |glyph| glyph.id).ok()?;
        self.glyphs.get(place).map(|glyph| glyph.text.as_str())
    }

    /// All its glyphs with their texts.
    pub fn specimen(&self) -> Vec<Codepoint> {
        self.glyphs.iter().map(|glyph| Codepoint::with_cid(glyph.id, 0.0, glyph.text.clone())).collect()
    }
}

impl Mapped {
    fn new(id: u16, text: String, width: f32) -> Self {
        let mut chars = text.chars();
        let plain = chars.next().is_some_and(|one| !is_private(one)) && chars.next().is_none();
        Self { id, text, width, plain }
    }
}

/// Characters without a public meaning (外字) need their text stated.
fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Cuts each face down to the glyphs in use and registers it, in the order of the faces.
pub(super) fn embed(pdf: &mut PdfDocument, pages: &[Page], fonts: &Fonts) -> Result<Vec<Subset>, PdfError> {
    let used = used(pages, fonts.faces().len());
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
    let Some((last, _)) = used.last_key_value() else {
        return Ok(Subset { id, places: Vec::new(), glyphs: Vec::new() });
    };
    let mut places = vec![0; usize::from(*last) + 1];
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
    let mut glyphs = Vec::with_capacity(used.len());
    for ((old, text), place) in used.into_iter().zip(1..) {
        let new = remapper.get(old).unwrap_or_default();
        // printpdf states widths in whole thousandths, cut off.
        let width = (f32::from(font.get_glyph_width(new).unwrap_or_default()) * 1000.0 / em).trunc();
        glyphs.push(Mapped::new(new, text, width));
        if let Some(own) = places.get_mut(usize::from(old)) {
            *own = place;
        }
    }
    pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(font));
    Ok(Subset { id, places, glyphs })
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
fn used(pages: &[Page], faces: usize) -> Vec<BTreeMap<u16, String>> {
    let mut known: Vec<Vec<Known>> = (0..faces).map(|_| Vec::new()).collect();
    let texts = pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.shape {
        Shape::Text { shaped, first, end, .. } => Some((shaped, *first..*end)),
        _ => None,
    });
    for (shaped, range) in texts {
        for cluster in shaped.clusters.get(range).unwrap_or_default() {
            if cluster.kind == Kind::Newline {
                continue;
            }
            let Some(face) = known.get_mut(cluster.face) else { continue };
            let glyphs = shaped.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
            for glyph in glyphs {
                let at = usize::from(glyph.id);
                if face.len() <= at {
                    face.resize_with(at + 1, Known::default);
                }
                if let Some(known) = face.get_mut(at) {
                    known.meet(shaped, cluster, glyphs.len());
                }
            }
        }
    }
    let text = |(glyph, known): (u16, Known)| match known {
        Known::Nothing => None,
        Known::Part(text) | Known::Single(text) => Some((glyph, text)),
    };
    known.into_iter().map(|face| (0..).zip(face).filter_map(text).collect()).collect()
}

/// What is known of a glyph's text.
#[derive(Default)]
enum Known {
    /// It is not in use.
    #[default]
    Nothing,
    /// It stands for several characters, or is one of several glyphs.
    Part(String),
    /// It stands for one character.
    Single(String),
}

impl Known {
    /// The glyph stands in a cluster of so many glyphs.
    fn meet(&mut self, shaped: &Shaped, cluster: &Cluster, glyphs: usize) {
        if matches!(self, Self::Single(_)) {
            return;
        }
        let text = shaped.text_of(cluster);
        if glyphs == 1 && !cluster.lost && text.chars().nth(1).is_none() {
            *self = Self::Single(text.to_owned());
        } else if matches!(self, Self::Nothing) {
            *self = Self::Part(if cluster.lost { SUBSTITUTE } else { text }.to_owned());
        }
    }
}
