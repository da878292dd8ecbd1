//! Records of an xlsb part and the fields in them.

use crate::read::cell::{Rich, Run};
use crate::read::look::Styles;

/// One record.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// What it is.
    pub kind: u16,
    /// Its content.
    pub data: &'a [u8],
}

/// The records of a part; ends where the part is damaged.
pub struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    /// Starts at a part's first byte.
    pub fn new(part: &'a [u8]) -> Self {
        Self(part)
    }

    /// A number in groups of seven bits, at most `most` bytes of them.
    fn packed(&mut self, most: usize) -> Option<usize> {
        let mut number = 0;
        for index in 0..most {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= usize::from(byte & 0x7F) << (7 * index);
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(number)
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = u16::try_from(self.packed(2)?).ok()?;
        let length = self.packed(4)?;
        let (data, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Record { kind, data })
    }
}

impl Record<'_> {
    /// Writes the record as it stood in its part.
    pub fn write(self, target: &mut Vec<u8>) {
        pack(usize::from(self.kind), target);
        pack(self.data.len(), target);
        target.extend_from_slice(self.data);
    }
}

/// Writes a number in groups of seven bits.
fn pack(mut number: usize, target: &mut Vec<u8>) {
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        target.push(if number > 0 { low | 0x80 } else { low & 0x7F });
        if number == 0 {
            break;
        }
    }
}

/// Takes fields off a record, one behind the other.
pub struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    /// Starts at a record's first byte.
    pub fn new(data: &'a [u8]) -> Self {
        Self(data)
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*bytes)
    }

    /// One byte.
    pub fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    /// Two bytes.
    pub fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    /// Four bytes.
    pub fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn units(&mut self) -> Option<Vec<u16>> {
        let count = self.u32()?;
        if count == u32::MAX {
            return Some(Vec::new());
        }
        let bytes = usize::try_from(count).ok()?.checked_mul(2)?;
        let (text, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(text.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect())
    }

    /// A text.
    pub fn text(&mut self) -> Option<String> {
        self.units().map(|units| String::from_utf16_lossy(&units))
    }

    /// How many characters (UTF-16 units) a text with runs says it has.
    pub fn rich_chars(&mut self) -> Option<u64> {
        self.u8()?;
        self.u32().map(u64::from)
    }

    /// A text with runs; furigana behind it is left.
    pub fn rich(&mut self, styles: &Styles) -> Option<Rich> {
        let flags = self.u8()?;
        let units = self.units()?;
        let count = if flags & 1 == 0 { 0 } else { self.u32()? };
        let (mut runs, mut from, mut struck) = (Vec::new(), 0, None);
        for index in 0..=count {
            let next = if index == count { None } else { Some((usize::from(self.u16()?), self.u16()?)) };
            let end = next.map_or(units.len(), |(start, _)| start).min(units.len());
            let part = units.get(from..end).unwrap_or_default();
            if !part.is_empty() {
                runs.push(Run { text: String::from_utf16_lossy(part), struck });
            }
            from = end.max(from);
            struck = next.map(|(_, font)| styles.is_struck(usize::from(font)));
        }
        Some(Rich(runs))
    }
}
