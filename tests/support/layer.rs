//! Faults for the program under test: `tests/faults/layer.c` between it and the C library.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::checkout;

/// A disk that is full.
pub const ENOSPC: i32 = 28;
/// A disk that fails.
pub const EIO: i32 = 5;
/// A folder that may not be written.
pub const EACCES: i32 = 13;
/// A file system that is read-only.
pub const EROFS: i32 = 30;
/// A file system that cannot do what is asked.
pub const EINVAL: i32 = 22;
/// A file system without locks.
pub const ENOLCK: i32 = 37;
/// A share that is gone.
pub const EHOSTDOWN: i32 = 112;

/// What a fault layer is to do; without any wish it only counts.
#[derive(Debug, Clone, Default)]
pub struct Layer(Vec<(&'static str, OsString)>);

impl Layer {
    /// A layer, or `None`, said aloud, where there is none: only Linux with a C compiler can make one.
    pub fn new() -> Option<Self> {
        library().map(|library| Self::default().set("LD_PRELOAD", library))
    }

    /// Counts the operations below a folder that change something.
    pub fn changes(self, below: &Path) -> Self {
        self.set("LAYER_BELOW", whole(below))
    }

    /// Counts only these operations: `rename,renameat2`.
    pub fn only(self, operations: &str) -> Self {
        self.set("LAYER_ONLY", operations)
    }

    /// The process dies at the change of this number, from 1. A write is half done then.
    pub fn kill_at(self, at: usize) -> Self {
        self.at(at, "kill")
    }

    /// The change of this number fails, this once.
    pub fn fail_at(self, at: usize, errno: i32) -> Self {
        self.at(at, &errno.to_string())
    }

    /// The change of this number fails, and all that follow.
    pub fn fail_from(self, at: usize, errno: i32) -> Self {
        self.at(at, &format!("{errno}+"))
    }

    /// Before the change of this number the process writes `@` to its standard output and waits until its standard
    /// input gives a byte or ends.
    pub fn meet_at(self, at: usize) -> Self {
        self.at(at, "meet")
    }

    fn at(self, at: usize, what: &str) -> Self {
        self.set("LAYER_AT", at.to_string()).set("LAYER_DO", what)
    }

    /// Every change below the folder as a line of this file: number, operation, path.
    pub fn trace(self, file: &Path) -> Self {
        self.set("LAYER_TRACE", file)
    }

    /// Reads below a folder do something from this number on, from 1: `5+` fails with that errno, `block:500` waits once
    /// for milliseconds, `meet` as in [`Self::meet_at`].
    pub fn reads(self, below: &Path, at: usize, what: &str) -> Self {
        self.set("LAYER_READ_BELOW", whole(below))
            .set("LAYER_READ_AT", at.to_string())
            .set("LAYER_READ_DO", what)
    }

    /// Two folders cannot be exchanged in one step.
    pub fn no_exchange(self, errno: i32) -> Self {
        self.set("LAYER_EXCHANGE", errno.to_string())
    }

    /// No file can be locked.
    pub fn no_locks(self, errno: i32) -> Self {
        self.set("LAYER_FLOCK", errno.to_string())
    }

    /// The wall clock is off by so many seconds.
    pub fn clock(self, seconds: i64) -> Self {
        self.set("LAYER_CLOCK", seconds.to_string())
    }

    /// Puts a command under the layer.
    pub fn over<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.envs(self.0.iter().map(|(name, value)| (name, value)))
    }

    fn set(mut self, name: &'static str, value: impl Into<OsString>) -> Self {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value.into()));
        self
    }
}

/// The path as the kernel tells it: temporary folders may be reached through links.
fn whole(folder: &Path) -> PathBuf {
    let parent = folder.parent().expect("below something").canonicalize().expect("stands");
    parent.join(folder.file_name().expect("a name"))
}

/// The compiled layer, once for all tests.
fn library() -> Option<&'static Path> {
    static LIBRARY: OnceLock<Option<PathBuf>> = OnceLock::new();
    LIBRARY.get_or_init(compile).as_deref()
}

fn compile() -> Option<PathBuf> {
    if !cfg!(target_os = "linux") {
        eprintln!("skipped: the fault layer is for Linux");
        return None;
    }
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("layer-{}.so", std::process::id()));
    let cc = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(checkout("tests/faults/layer.c"))
        .arg("-ldl")
        .output();
    let Ok(output) = cc else {
        eprintln!("skipped: no cc for the fault layer");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let stable = library.with_file_name("layer.so");
    std::fs::rename(&library, &stable).expect("renamed");
    Some(stable)
}
