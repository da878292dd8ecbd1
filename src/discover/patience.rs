//! Shares that stall: the operating system may keep a thread waiting for ever, the run must not wait with it.

use std::io::{self, ErrorKind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long a file or folder may be silent before it counts as unreachable.
pub const STALL: Duration = Duration::from_secs(8);

/// Does something that may stall in a thread of its own, which sends a sign of life at least every now and then. A
/// thread that stalls is left behind; it ends with the process.
///
/// `each` gets what is sent, until the thread ends. Errors: of kind [`ErrorKind::TimedOut`] where nothing came for
/// `stall`, or what `each` returns.
pub(super) fn watched<T: Send + 'static>(
    stall: Duration,
    work: impl FnOnce(&Sender<T>) + Send + 'static,
    mut each: impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let (say, said): (Sender<T>, Receiver<T>) = channel();
    thread::Builder::new().spawn(move || work(&say))?;
    loop {
        match said.recv_timeout(stall) {
            Ok(part) => each(part)?,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => return Err(ErrorKind::TimedOut.into()),
        }
    }
}
