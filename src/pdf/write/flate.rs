//! Compression. One compressor serves a whole document: it holds tables that take longer to make than a page to pack.

use libdeflater::{CompressionLvl, Compressor};
use lopdf::{Dictionary, Error, Result, Stream};

use super::name;

/// How hard it tries, from 0 to 12. More takes half as long again and saves a few hundredths.
const LEVEL: i32 = 1;

/// Packs streams, one after the other.
pub(super) struct Flate(Compressor);

impl Default for Flate {
    fn default() -> Self {
        Self(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()))
    }
}

impl Flate {
    /// A stream of packed content.
    pub fn stream(&mut self, mut header: Dictionary, content: &[u8]) -> Result<Stream> {
        header.set("Filter", name("FlateDecode"));
        Ok(Stream::new(header, self.pack(content)?))
    }

    fn pack(&mut self, content: &[u8]) -> Result<Vec<u8>> {
        let mut packed = vec![0; self.0.zlib_compress_bound(content.len())];
        let length = self.0.zlib_compress(content, &mut packed);
        let length = length.map_err(|error| Error::IO(std::io::Error::other(error.to_string())))?;
        packed.truncate(length);
        packed.shrink_to_fit();
        Ok(packed)
    }
}
