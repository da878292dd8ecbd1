//! Stage 2: a workbook's bytes → [`Workbook`].
//!
//! The only user of calamine, cfb, quick-xml, zip and aes. For every format calamine opens the workbook and supplies the
//! sheets, the values and, where it knows them, formulas and merged ranges; each format's own module supplies what
//! calamine leaves out, and walks through all that calamine is to read before it does, so that what is too large is
//! refused. What a file is, its content tells, never its name. Each cell
//! comes with its exact value (rounded to 15 significant digits, then decimal) and the text that a person sees
//! in it under its number format; hidden rows, columns and sheets and struck-out text are marked, never dropped.
//!
//! Of a text that is struck out in part, [`Cell::value`](crate::model::sheet::Cell::value) keeps all and
//! [`Cell::text`](crate::model::sheet::Cell::text) leaves the struck part out: what a person would still read.

mod carrier;
mod cell;
mod decrypt;
mod error;
pub mod format;
mod guard;
mod ink;
mod look;
mod meter;
mod number;
mod ods;
mod package;
mod properties;
mod shared;
mod sniff;
mod value;
mod xls;
mod xlsb;
mod xlsx;
mod xml;

use std::sync::Arc;

pub use decrypt::was_locked;
pub use error::ReadError;

use crate::model::fiscal::Eras;
use crate::model::limits::{Limit, Limits};
use crate::model::passwords::Passwords;
use crate::model::sheet::Workbook;
use meter::Meter;
use sniff::Kind;

/// Reads a workbook. `path` is only taken over into it; `eras` are those that number formats show. A workbook beyond
/// one of the limits is refused; of these [`Limits::seconds`] and [`Limits::memory`] are the caller's to watch. An
/// encrypted one is opened with the first password that fits.
pub fn open(
    path: Arc<str>,
    bytes: &[u8],
    eras: &Eras,
    limits: &Limits,
    passwords: &Passwords,
) -> Result<Workbook, ReadError> {
    guard::guarded(|| {
        limits.check(Limit::File, bytes.len() as u64)?;
        let meter = Meter::new(limits);
        let decrypted = decrypt::decrypted(bytes, passwords, &meter)?;
        let bytes = decrypted.as_deref().unwrap_or(bytes);
        match sniff::sniff(bytes, &meter)? {
            Kind::Xlsx(mut package) => xlsx::read(path, &mut package, eras),
            Kind::Xlsb(mut package) => xlsb::read(path, &mut package, eras),
            Kind::Ods(mut package) => ods::read(path, &mut package, eras),
            Kind::Xls => xls::read(path, bytes, eras, &meter),
        }
    })
}

#[cfg(test)]
mod tests;
