//! How the run and its workers talk: pieces of bytes, each after its length.

use std::io::{self, ErrorKind, Read, Write};

/// Writes a piece: its length in eight bytes, the least one first, then its bytes.
pub(super) fn write(target: &mut impl Write, piece: &[u8]) -> io::Result<()> {
    target.write_all(&(piece.len() as u64).to_le_bytes())?;
    target.write_all(piece)?;
    target.flush()
}

/// Reads a piece of at most so many bytes; `None` where the other side has said all.
pub(super) fn read(source: &mut impl Read, most: u64) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match source.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let length = u64::from_le_bytes(length);
    if length > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    // Not reserved in advance: a length alone must not cost memory.
    let mut piece = Vec::new();
    source.take(length).read_to_end(&mut piece)?;
    if piece.len() as u64 == length { Ok(Some(piece)) } else { Err(ErrorKind::UnexpectedEof.into()) }
}
