//! Shared strings.

use super::rich::RichBuilder;
use crate::read::cell::{Rich, limit_strings};
use crate::read::error::ReadError;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor};

#[derive(Default)]
struct Strings {
    list: Vec<Rich>,
    builder: RichBuilder,
}

impl Visitor for Strings {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        self.builder.open(name, tag);
        Ok(())
    }

    fn text(&mut self, text: &str) {
        self.builder.text(text);
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        self.builder.close(name);
        if name == "si" {
            self.list.push(self.builder.take());
            limit_strings(self.list.len())?;
        }
        Ok(())
    }
}

/// The shared strings in order; none where the workbook has no part for them.
pub fn read(package: &mut Package, part: Option<&str>) -> Result<Vec<Rich>, ReadError> {
    let mut strings = Strings::default();
    if let Some(part) = part {
        package.walk(part, &mut strings)?;
    }
    Ok(strings.list)
}
