//! Compression. One compressor serves a whole document: it holds tables that take longer to make than a page to pack.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Error, Result, Stream};

use super::name;

/// How hard it tries, from 0 to 9. More takes several times as long and saves a few hundredths; less leaves a fifth more.
const LEVEL: u32 = 3;

/// Packs streams, one after the other.
pub(super) struct Flate(Compress);

impl Default for Flate {
    fn default() -> Self {
        Self(Compress::new(Compression::new(LEVEL), true))
    }
}

impl Flate {
    /// A stream of packed content.
    pub fn stream(&mut self, mut header: Dictionary, content: &[u8]) -> Result<Stream> {
        header.set("Filter", name("FlateDecode"));
        Ok(Stream::new(header, self.pack(content)?))
    }

    fn pack(&mut self, content: &[u8]) -> Result<Vec<u8>> {
        self.0.reset();
        let mut packed = Vec::with_capacity(content.len() / 2 + 64);
        loop {
            let taken = usize::try_from(self.0.total_in()).unwrap_or(usize::MAX);
            let rest = content.get(taken..).unwrap_or_default();
            let status = self.0.compress_vec(rest, &mut packed, FlushCompress::Finish);
            if status.map_err(std::io::Error::from).map_err(Error::from)? == Status::StreamEnd {
                packed.shrink_to_fit();
                return Ok(packed);
            }
            packed.reserve(packed.capacity());
        }
    }
}
