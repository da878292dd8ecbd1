//! What calamine leaves out of shared strings: fonts that strike out a part.

use std::collections::BTreeMap;

use super::rich::RichBuilder;
use crate::read::cell::{Rich, limit_strings};
use crate::read::error::ReadError;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor};

#[derive(Default)]
struct Strings {
    /// Strings with fonts of their own are to be gathered.
    wanted: bool,
    /// Something is struck out.
    found: bool,
    count: usize,
    declared: usize,
    list: BTreeMap<usize, Rich>,
    builder: RichBuilder,
}

impl Visitor for Strings {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "sst" => self.declared = tag.number("uniqueCount").unwrap_or(0),
            "strike" => self.found = true,
            _ => {}
        }
        if self.wanted {
            self.builder.open(name, tag);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if self.wanted {
            self.builder.text(text);
        }
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if self.wanted {
            self.builder.close(name);
        }
        if name == "si" {
            let rich = self.builder.take();
            if rich.has_fonts() {
                self.list.insert(self.count, rich);
            }
            self.count += 1;
            limit_strings(self.count)?;
        }
        Ok(())
    }
}

/// Walks through the shared strings, which calamine is to read. Those with fonts of their own, by their number,
/// where that matters: where something in them is struck out, or cells are (`cells_struck`).
pub fn read(
    package: &mut Package,
    part: Option<&str>,
    cells_struck: bool,
) -> Result<BTreeMap<usize, Rich>, ReadError> {
    let Some(part) = part else { return Ok(BTreeMap::new()) };
    let mut strings = Strings { wanted: cells_struck, ..Strings::default() };
    package.walk(part, &mut strings)?;
    // Calamine reserves memory for as many as the part says there are.
    if strings.declared > strings.count.saturating_mul(2).saturating_add(1 << 20) {
        return Err(ReadError::broken("shared strings that are not there"));
    }
    if strings.found && !strings.wanted {
        strings = Strings { wanted: true, ..Strings::default() };
        package.walk(part, &mut strings)?;
    }
    Ok(strings.list)
}
