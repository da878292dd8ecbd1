//! Text → glyphs, each with the text that it stands for. Equal texts are shaped once.

#![allow(clippy::disallowed_types, reason = "looked up, never walked through: the order reaches nothing")]

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use harfrust::{
    BufferClusterLevel, BufferFlags, Direction, FontRef, Language, ShapeOptions, ShapePlan, Shaper,
    UnicodeBuffer, script,
};

use super::MissingGlyph;
use super::breaking::{Breaker, Word};
use super::fonts::{FontError, Fonts};
use super::shaped::{Before, Glyph, Kind, Shaped, Span};
use super::theme::Theme;

/// A face made ready for shaping.
struct Hand<'a> {
    shaper: Shaper<'a>,
    plan: ShapePlan,
    /// What is drawn for a character that no face has.
    substitute: Vec<Glyph>,
    /// Drawn for spaces that the face lacks.
    space: Vec<Glyph>,
}

/// Shapes texts of one document.
pub(super) struct Shaping<'a> {
    hands: Vec<Hand<'a>>,
    buffer: UnicodeBuffer,
    breaker: Breaker,
    /// White between Japanese and Latin in ems, in text and in tables.
    quarter: (f32, f32),
    /// Only ever asked, never gone through: its order is nobody's.
    cache: HashMap<Vec<Span<'static>>, Rc<Shaped>>,
    missing: Vec<MissingGlyph>,
}

/// Stands for a selector whose variant a face lacks; no glyph has so high a number.
const NO_VARIANT: u32 = 0x1_0000;

/// A piece that the shaper gave back.
struct Piece {
    bytes: Range<usize>,
    /// Its place among the glyphs that came back with it.
    glyphs: Range<usize>,
    /// The face lacks the variant that a selector asks for.
    unvaried: bool,
}

/// A shaped text: its pieces in order, and the glyphs of all of them.
#[derive(Default)]
struct Pieces {
    pieces: Vec<Piece>,
    glyphs: Vec<Glyph>,
}

/// What is drawn for a cluster.
struct Found {
    face: usize,
    glyphs: Vec<Glyph>,
    unvaried: bool,
}

/// The fonts' tables, opened; [`Shaping`] borrows them.
pub(super) fn open(fonts: &Fonts) -> Result<Vec<FontRef<'_>>, FontError> {
    fonts.faces().iter().map(super::fonts::Face::font).collect()
}

impl<'a> Shaping<'a> {
    pub fn new(fonts: &'a Fonts, opened: &'a [FontRef<'a>], theme: &Theme) -> Self {
        let mut buffer = UnicodeBuffer::new();
        let mut hands = Vec::new();
        for (face, font) in fonts.faces().iter().zip(opened) {
            let shaper = face.data().shaper(font).build();
            let language = japanese();
            let plan = ShapePlan::new(
                &shaper,
                Direction::LeftToRight,
                Some(script::KATAKANA),
                language.as_ref(),
                &[],
            );
            let mut hand = Hand { shaper, plan, substitute: Vec::new(), space: Vec::new() };
            let (substitute, used) = hand.shape(buffer, &theme.text.missing);
            let (space, used) = hand.shape(used, " ");
            buffer = used;
            (hand.substitute, hand.space) = (substitute.glyphs, space.glyphs);
            hands.push(hand);
        }
        let breaker = Breaker::new(&theme.breaking);
        let quarter = (theme.setting.latin_gap, theme.setting.table_latin_gap);
        Self { hands, buffer, breaker, quarter, cache: HashMap::new(), missing: Vec::new() }
    }

    /// The characters drawn as 〓 so far, in the order in which they were met.
    pub fn into_missing(self) -> Vec<MissingGlyph> {
        self.missing
    }

    /// Shapes a text of several styles.
    pub fn shape(&mut self, spans: &[Span]) -> Rc<Shaped> {
        if let Some(shaped) = known(&self.cache, spans) {
            return Rc::clone(shaped);
        }
        let shaped = Rc::new(self.shape_new(spans));
        let own = spans.iter().map(|(style, text)| (*style, Cow::Owned(text.clone().into_owned())));
        self.cache.insert(own.collect(), Rc::clone(&shaped));
        shaped
    }

    fn shape_new(&mut self, spans: &[Span]) -> Shaped {
        let count = spans.iter().map(|(_, text)| text.chars().count()).sum();
        let mut shaped = Shaped {
            text: String::new(),
            styles: spans.iter().map(|(style, _)| *style).collect(),
            clusters: Vec::with_capacity(count),
            glyphs: Vec::with_capacity(count),
        };
        for (style, (_, text)) in spans.iter().enumerate() {
            let clean = clean(text);
            let mut at = shaped.text.len();
            shaped.text.push_str(&clean);
            for line in clean.split_inclusive('\n') {
                let words = line.strip_suffix('\n').unwrap_or(line);
                self.shape_line(&mut shaped, style, at, words);
                at += line.len();
                if words.len() < line.len() {
                    shaped.push(at - 1..at, &[], 0, style, Kind::Newline);
                }
            }
        }
        self.mark_breaks(&mut shaped);
        let (text, table) = self.quarter;
        shaped.space(|style| if style.dense { table } else { text });
        self.report(&shaped);
        shaped
    }

    fn report(&mut self, shaped: &Shaped) {
        for cluster in shaped.clusters.iter().filter(|cluster| cluster.lost || cluster.unvaried) {
            let context = shaped.text.chars().take(40).collect();
            let text = shaped.text_of(cluster).to_owned();
            self.missing.push(MissingGlyph { text, context, variant: cluster.unvaried });
        }
    }

    /// Shapes `words`, which stand at byte `at` of the text.
    fn shape_line(&mut self, shaped: &mut Shaped, style: usize, at: usize, words: &str) {
        let wanted = usize::from(shaped.styles.get(style).is_some_and(|style| style.bold));
        let Pieces { pieces, glyphs } = self.shape_with(wanted, words);
        for Piece { bytes, glyphs: range, unvaried } in pieces {
            let text = words.get(bytes.clone()).unwrap_or_default();
            let kind = if text.chars().all(char::is_whitespace) { Kind::Space } else { Kind::Ink };
            let own = glyphs.get(range).unwrap_or_default();
            let whole = is_whole(own);
            if whole && !unvaried {
                shaped.push(at + bytes.start..at + bytes.end, own, wanted, style, kind);
                continue;
            }
            let own = whole.then(|| Found { face: wanted, glyphs: own.to_vec(), unvaried });
            let found = self.elsewhere(wanted, text, own);
            let lost = found.is_none();
            let stand_in = || Found { face: wanted, glyphs: self.stand_in(wanted, kind), unvaried: false };
            let Found { face, glyphs, unvaried } = found.unwrap_or_else(stand_in);
            shaped.push(at + bytes.start..at + bytes.end, &glyphs, face, style, kind);
            if let Some(cluster) = shaped.clusters.last_mut() {
                cluster.lost = lost && kind == Kind::Ink;
                cluster.unvaried = unvaried;
            }
        }
    }

    /// A cluster that the wanted face lacks, from the first face that has it with its variant; else the plain character, which may
    /// be the wanted face's `own`.
    fn elsewhere(&mut self, wanted: usize, text: &str, own: Option<Found>) -> Option<Found> {
        let mut plain = own;
        for face in (0..self.hands.len()).filter(|face| *face != wanted) {
            let Pieces { pieces, glyphs } = self.shape_with(face, text);
            let unvaried = pieces.iter().any(|piece| piece.unvaried);
            if !is_whole(&glyphs) {
                continue;
            }
            let found = Found { face, glyphs, unvaried };
            if !unvaried {
                return Some(found);
            }
            plain = plain.or(Some(found));
        }
        plain
    }

    /// What is drawn where no face has a character.
    fn stand_in(&self, face: usize, kind: Kind) -> Vec<Glyph> {
        let hand = self.hands.get(face);
        let glyphs = hand.map(|hand| if kind == Kind::Ink { &hand.substitute } else { &hand.space });
        glyphs.cloned().unwrap_or_default()
    }

    fn shape_with(&mut self, face: usize, text: &str) -> Pieces {
        let Some(hand) = self.hands.get(face) else { return Pieces::default() };
        let (pieces, buffer) = hand.shape(std::mem::take(&mut self.buffer), text);
        self.buffer = buffer;
        pieces
    }

    fn mark_breaks(&self, shaped: &mut Shaped) {
        let opportunities = self.breaker.opportunities(&shaped.text);
        let Shaped { text, clusters, styles, .. } = shaped;
        let mut word = Word::default();
        for cluster in clusters {
            let at = cluster.text.start;
            let joins = styles.get(cluster.style).is_some_and(|style| style.unit);
            let preferred = word.prefers(text, at);
            let breaks = opportunities.binary_search(&at).is_ok();
            cluster.before = if !breaks && !self.breaker.may_break(text, at) {
                Before::Never
            } else if !joins && (breaks || (preferred && word.is_long())) {
                Before::Break
            } else if joins || preferred {
                Before::Prefer
            } else {
                Before::Cut
            };
            let first = text.get(at..).and_then(|rest| rest.chars().next());
            cluster.not_first = first.is_some_and(|first| self.breaker.is_not_first(first));
        }
    }
}

impl Hand<'_> {
    /// Shapes a text; its pieces in order. The buffer comes back empty.
    fn shape(&self, mut buffer: UnicodeBuffer, text: &str) -> (Pieces, UnicodeBuffer) {
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script::KATAKANA);
        if let Some(language) = japanese() {
            buffer.set_language(language);
        }
        // Half-width ﾞ stays a cluster of its own, so that each glyph knows its own text.
        buffer.set_cluster_level(BufferClusterLevel::MonotoneCharacters);
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES | BufferFlags::DO_NOT_INSERT_DOTTED_CIRCLE);
        buffer.set_not_found_variation_selector_glyph(NO_VARIANT);
        let output = self.shaper.shape(buffer, ShapeOptions::new().plan(Some(&self.plan)));
        let mut pieces: Vec<Piece> = Vec::with_capacity(output.len());
        let mut glyphs: Vec<Glyph> = Vec::with_capacity(output.len());
        for (info, position) in output.glyph_infos().iter().zip(output.glyph_positions()) {
            let at = usize::try_from(info.cluster).unwrap_or_default();
            if info.glyph_id == NO_VARIANT {
                let asks = text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(asks_for_variant);
                pieces.iter_mut().next_back().into_iter().for_each(|piece| piece.unvaried |= asks);
                continue;
            }
            let place = glyphs.len();
            glyphs.push(self.glyph(info.glyph_id, position.x_advance));
            match pieces.last_mut() {
                Some(piece) if piece.bytes.start == at => piece.glyphs.end = place + 1,
                _ => {
                    let glyphs = place..place + 1;
                    pieces.push(Piece { bytes: at..text.len(), glyphs, unvaried: false });
                }
            }
        }
        for i in 1..pieces.len() {
            let next = pieces.get(i).map_or(text.len(), |piece| piece.bytes.start);
            if let Some(piece) = pieces.get_mut(i - 1) {
                piece.bytes.end = next;
            }
        }
        (Pieces { pieces, glyphs }, output.clear())
    }

    #[expect(clippy::cast_precision_loss, reason = "font units are small")]
    fn glyph(&self, id: u32, advance: i32) -> Glyph {
        let em = self.shaper.units_per_em().max(1) as f32;
        Glyph { id: u16::try_from(id).unwrap_or_default(), advance: advance as f32 / em }
    }
}

/// Selectors of ideographic and standardised variants; those that choose between text and emoji ask for none.
fn asks_for_variant(selector: char) -> bool {
    matches!(selector, '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether the face had all characters.
fn is_whole(glyphs: &[Glyph]) -> bool {
    glyphs.iter().all(|glyph| glyph.id != 0)
}

fn japanese() -> Option<Language> {
    "ja".parse().ok()
}

/// What is known of spans, whoever owns their texts.
fn known<'c, 't>(
    cache: &'c HashMap<Vec<Span<'t>>, Rc<Shaped>>,
    spans: &[Span<'t>],
) -> Option<&'c Rc<Shaped>> {
    cache.get(spans)
}

/// One kind of line break, tabs as spaces, no control characters.
fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let plain = |c: char| match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        c if c.is_control() => None,
        c => Some(c),
    };
    text.chars().filter_map(plain).collect()
}
