//! A file's content, read once and consistently.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::{Duration, SystemTime};

use super::patience::{STALL, watched};
use super::{Found, sha256};
use crate::io_reason::io_reason;

/// How often a file that changes while it is read is read again.
const TRIES: usize = 3;

/// How much is read at a time, in bytes.
const PART: usize = 1 << 20;

/// A file's content, read once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// All its bytes.
    pub bytes: Vec<u8>,
    /// How many they are.
    pub size: u64,
    /// Their SHA-256, lower-case hex.
    pub sha256: String,
}

/// A file's content cannot be had: why, in Japanese.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The operating system refuses; of kind [`ErrorKind::TimedOut`] where the share does not answer.
    #[error("{}", io_reason(.0))]
    Io(#[from] io::Error),
    /// It is larger than allowed: how large, in bytes.
    #[error("ファイルが大きすぎます")]
    TooLarge(u64),
    /// Somebody was writing to it each time that it was read.
    #[error("読んでいるあいだに書き換えられました")]
    Changing,
}

/// Reads a file whole, once: what is hashed, archived and parsed are the same bytes. A file that changes meanwhile is
/// read again, so that half an old and half a new version are never taken for one.
pub fn load(found: &Found, most: u64) -> Result<Loaded, LoadError> {
    load_within(found, most, STALL)
}

pub(super) fn load_within(found: &Found, most: u64, stall: Duration) -> Result<Loaded, LoadError> {
    for _ in 0..TRIES {
        if let Some(bytes) = attempt(&found.absolute, most, stall)? {
            return Ok(Loaded { size: bytes.len() as u64, sha256: sha256(&bytes), bytes });
        }
    }
    Err(LoadError::Changing)
}

/// What a reading thread says, in this order: what the file is, its bytes, what it is now.
enum Part {
    Stamp(Stamp),
    Bytes(Vec<u8>),
    Failed(io::Error),
}

/// What tells one version of a file from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
}

/// Reads a file; `None` where it changed meanwhile.
fn attempt(path: &Path, most: u64, stall: Duration) -> Result<Option<Vec<u8>>, LoadError> {
    let (mut stamps, mut bytes, mut too_large) = (Vec::new(), Vec::new(), None);
    let own = path.to_owned();
    let read = watched(
        stall,
        move |say| {
            if let Err(error) = read(&own, most, say) {
                _ = say.send(Part::Failed(error));
            }
        },
        |part| match part {
            Part::Failed(error) => Err(error),
            Part::Bytes(mut part) => {
                bytes.append(&mut part);
                Ok(())
            }
            Part::Stamp(stamp) => {
                too_large = too_large.or((stamp.size > most).then_some(stamp.size));
                stamps.push(stamp);
                Ok(())
            }
        },
    );
    if let Some(size) = too_large {
        return Err(LoadError::TooLarge(size));
    }
    read?;
    let size = bytes.len() as u64;
    let same = stamps.windows(2).all(|pair| pair[0] == pair[1]);
    Ok((same && stamps.iter().all(|stamp| stamp.size == size)).then_some(bytes))
}

fn read(path: &Path, most: u64, say: &Sender<Part>) -> io::Result<()> {
    let gone = || io::Error::from(ErrorKind::BrokenPipe);
    let mut file = File::open(path)?;
    let stamp = stamp(&file)?;
    say.send(Part::Stamp(stamp)).map_err(|_| gone())?;
    // What has grown beyond its limit meanwhile is not read to its end either.
    let mut rest = most.saturating_add(1);
    while rest > 0 && stamp.size <= most {
        let mut part = Vec::with_capacity(PART);
        let count = (&mut file).take(rest.min(PART as u64)).read_to_end(&mut part)?;
        if count == 0 {
            break;
        }
        rest -= count as u64;
        say.send(Part::Bytes(part)).map_err(|_| gone())?;
    }
    say.send(Part::Stamp(self::stamp(&file)?)).map_err(|_| gone())
}

fn stamp(file: &File) -> io::Result<Stamp> {
    let data = file.metadata()?;
    // Opening a folder works on some systems; reading it then says something obscure.
    if data.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    Ok(Stamp { size: data.len(), modified: data.modified().ok() })
}
