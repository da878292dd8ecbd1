//! What calamine leaves out of shared strings: fonts that strike out a part.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::rich::RichBuilder;
use crate::model::limits::Limit;
use crate::read::cell::Rich;
use crate::read::error::ReadError;
use crate::read::meter::Meter;
use crate::read::package::Package;
use crate::read::xml::{Tag, Visitor};

struct Strings<'a> {
    meter: &'a Meter,
    /// Strings with fonts of their own are to be gathered.
    wanted: bool,
    /// Something is struck out.
    found: bool,
    /// Inside furigana, which is not part of the text.
    phonetic: bool,
    count: usize,
    declared: usize,
    /// Characters of the current string, and of all before it.
    chars: usize,
    all_chars: usize,
    list: BTreeMap<usize, Arc<Rich>>,
    builder: RichBuilder,
}

impl<'a> Strings<'a> {
    fn new(meter: &'a Meter, wanted: bool) -> Self {
        Self {
            meter,
            wanted,
            found: false,
            phonetic: false,
            count: 0,
            declared: 0,
            chars: 0,
            all_chars: 0,
            list: BTreeMap::new(),
            builder: RichBuilder::default(),
        }
    }
}

impl Visitor for Strings<'_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        match name {
            "sst" => self.declared = tag.number("uniqueCount").unwrap_or(0),
            "strike" => self.found = true,
            "rPh" => self.phonetic = true,
            _ => {}
        }
        if self.wanted {
            self.builder.open(name, tag);
        }
        self.meter.listed(Limit::Text, self.builder.size())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        if !self.phonetic {
            self.chars += text.chars().count();
        }
        if self.wanted {
            self.builder.text(text);
        }
        self.meter.listed(Limit::Text, self.chars)
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        if self.wanted {
            self.builder.close(name);
        }
        if name == "rPh" {
            self.phonetic = false;
        }
        if name == "si" {
            let rich = self.builder.take();
            if rich.has_fonts() {
                self.list.insert(self.count, Arc::new(rich));
            }
            self.count += 1;
            self.all_chars += std::mem::take(&mut self.chars);
            // Calamine holds all of them; cells count those that they show once more.
            self.meter.listed(Limit::Texts, self.all_chars)?;
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
) -> Result<BTreeMap<usize, Arc<Rich>>, ReadError> {
    let Some(part) = part else { return Ok(BTreeMap::new()) };
    let mut strings = Strings::new(package.meter(), cells_struck);
    package.walk(part, &mut strings)?;
    // Calamine reserves memory for as many as the part says there are.
    if strings.declared > strings.count.saturating_mul(2).saturating_add(1 << 20) {
        return Err(ReadError::broken("shared strings that are not there"));
    }
    if strings.found && !strings.wanted {
        strings = Strings::new(package.meter(), true);
        package.walk(part, &mut strings)?;
    }
    Ok(strings.list)
}
