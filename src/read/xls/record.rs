//! BIFF records and the whole numbers in them.

/// One record of a workbook stream.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// What it is.
    pub kind: u16,
    /// Its content.
    pub data: &'a [u8],
}

/// The records from a position on; ends where the stream is damaged.
pub struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// Starts at a position of a stream.
    pub fn from(stream: &'a [u8], position: usize) -> Self {
        Self { rest: stream.get(position..).unwrap_or_default() }
    }

    /// Takes the CONTINUE records that follow.
    pub fn continues(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            match self.next() {
                Some(record) => parts.push(record.data),
                None => break,
            }
        }
        parts
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let kind = u16_at(self.rest, 0)?;
        let length = usize::from(u16_at(self.rest, 2)?);
        let data = self.rest.get(4..4 + length)?;
        self.rest = self.rest.get(4 + length..).unwrap_or_default();
        Some(Record { kind, data })
    }
}

/// Continues the record before it.
pub const CONTINUE: u16 = 0x003C;

/// A little-endian number at an offset.
pub fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..)?.first_chunk::<2>().copied()?))
}

/// A little-endian number at an offset.
pub fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..)?.first_chunk::<4>().copied()?))
}
