//! What the file system below the reports folder can do.

use std::io;
use std::path::Path;

/// Exchanges two folders of one volume in a single step. `false` where the system or the file system cannot: nothing has
/// changed then.
#[cfg(target_os = "linux")]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Exchanges two folders in a single step: no such call here.
#[cfg(not(target_os = "linux"))]
pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Whether a lock was refused because the file system knows no locks.
#[cfg(target_os = "linux")]
pub(super) fn knows_no_locks(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let codes = [Errno::NOLCK, Errno::NOSYS, Errno::OPNOTSUPP, Errno::INVAL];
    Errno::from_io_error(error).is_some_and(|code| codes.contains(&code))
}

/// Whether a lock was refused because the file system knows no locks.
#[cfg(not(target_os = "linux"))]
pub(super) fn knows_no_locks(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
}
