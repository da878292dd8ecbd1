//! Unicode strings of BIFF8, which may run over several records.

use super::record::{u16_at, u32_at};
use crate::read::cell::{Rich, Run};

/// A string that has to be cut into runs: each starts at a character and has a font.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FontedText {
    /// UTF-16 units.
    units: Vec<u16>,
    /// Start and font of each run behind the first.
    runs: Vec<(usize, u16)>,
}

impl FontedText {
    /// A text without runs of its own.
    pub fn plain(units: Vec<u16>) -> Self {
        Self { units, runs: Vec::new() }
    }

    /// How many characters (UTF-16 units) it has.
    pub fn chars(&self) -> usize {
        self.units.len()
    }

    /// Cuts it into runs; `struck` tells of a font's number whether it strikes out.
    pub fn rich(&self, struck: impl Fn(u16) -> bool) -> Rich {
        let mut runs = Vec::new();
        let (mut from, mut font) = (0, None);
        let ends = self.runs.iter().map(|(start, next)| (*start, Some(*next)));
        for (end, next) in ends.chain([(self.units.len(), None)]) {
            let units = self.units.get(from..end.min(self.units.len())).unwrap_or_default();
            if !units.is_empty() {
                runs.push(Run { text: String::from_utf16_lossy(units), struck: font });
            }
            from = end.max(from);
            font = next.map(&struck);
        }
        Rich(runs)
    }
}

/// Reads over the parts of a record and the CONTINUE records behind it.
pub struct Parts<'a> {
    list: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Parts<'a> {
    /// Starts at the first byte.
    pub fn new(first: &'a [u8], more: Vec<&'a [u8]>) -> Self {
        let mut list = vec![first];
        list.extend(more);
        Self { list, part: 0, at: 0 }
    }

    /// What is left of the current part.
    fn here(&self) -> &'a [u8] {
        self.list.get(self.part).and_then(|part| part.get(self.at..)).unwrap_or_default()
    }

    /// Bytes that are not characters may be cut anywhere.
    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let here = self.here().len();
            if here == 0 {
                self.next_part()?;
            } else {
                let step = here.min(count);
                self.at += step;
                count -= step;
            }
        }
        Some(())
    }

    fn next_part(&mut self) -> Option<()> {
        self.part += 1;
        self.at = 0;
        (self.part < self.list.len()).then_some(())
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        if self.here().is_empty() {
            self.next_part()?;
        }
        let bytes = self.here().first_chunk::<N>().copied()?;
        self.at += N;
        Some(bytes)
    }

    /// Characters; where they run on in the next part, that starts with a flag of its own.
    fn units(&mut self, count: usize, mut wide: bool) -> Option<Vec<u16>> {
        let mut units = Vec::new();
        while units.len() < count {
            if self.here().is_empty() {
                self.next_part()?;
                wide = self.take::<1>()?[0] & 1 != 0;
                continue;
            }
            let left = count - units.len();
            let here = self.here();
            if wide {
                let pairs = here.as_chunks::<2>().0;
                let taken = pairs.len().min(left);
                if taken == 0 {
                    return None;
                }
                units.extend(pairs.iter().take(taken).map(|pair| u16::from_le_bytes(*pair)));
                self.at += taken * 2;
            } else {
                let taken = here.len().min(left);
                units.extend(here.iter().take(taken).map(|byte| u16::from(*byte)));
                self.at += taken;
            }
        }
        Some(units)
    }

    /// A string with its runs; furigana behind it is skipped.
    fn string(&mut self) -> Option<FontedText> {
        let count = usize::from(u16::from_le_bytes(self.take::<2>()?));
        let flags = self.take::<1>()?[0];
        let runs = if flags & 8 == 0 { 0 } else { usize::from(u16::from_le_bytes(self.take::<2>()?)) };
        let extra = if flags & 4 == 0 { 0 } else { u32::from_le_bytes(self.take::<4>()?) };
        let units = self.units(count, flags & 1 != 0)?;
        let mut text = FontedText::plain(units);
        for _ in 0..runs {
            let (start, font) =
                (u16::from_le_bytes(self.take::<2>()?), u16::from_le_bytes(self.take::<2>()?));
            text.runs.push((usize::from(start), font));
        }
        self.skip(usize::try_from(extra).ok()?)?;
        Some(text)
    }

    /// The characters of a text that starts with its flag, `count` of them.
    pub fn flagged(&mut self, count: usize) -> Option<Vec<u16>> {
        let wide = self.take::<1>()?[0] & 1 != 0;
        self.units(count, wide)
    }
}

/// The shared strings; damaged ones end the list.
pub fn shared_strings(first: &[u8], more: Vec<&[u8]>) -> Vec<FontedText> {
    let count = u32_at(first, 4).and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let mut parts = Parts::new(first.get(8..).unwrap_or_default(), more);
    std::iter::from_fn(|| parts.string()).take(count).collect()
}

/// A string with a 16-bit length at an offset.
pub fn string_at(data: &[u8], at: usize, more: Vec<&[u8]>) -> Option<Vec<u16>> {
    let count = usize::from(u16_at(data, at)?);
    Parts::new(data.get(at + 2..)?, more).flagged(count)
}
