//! Styles of an ods → how cells look.

use std::collections::BTreeMap;

use super::data_style::{DataStyle, code};
use crate::model::limits::Limit;
use crate::read::error::ReadError;
use crate::read::look::Look;
use crate::read::meter::Meter;
use crate::read::xml::{Tag, Visitor};

/// How deep styles may inherit from each other.
const MAX_PARENTS: usize = 16;

#[derive(Debug, Default)]
struct Style {
    parent: String,
    data: Option<String>,
    struck: Option<bool>,
}

/// The styles of both parts.
pub struct Styles<'a> {
    meter: &'a Meter,
    named: BTreeMap<String, Style>,
    data: BTreeMap<String, DataStyle>,
    current: Option<String>,
    current_data: Option<String>,
    in_text: bool,
}

impl<'a> Styles<'a> {
    /// None yet.
    pub fn new(meter: &'a Meter) -> Self {
        Self {
            meter,
            named: BTreeMap::new(),
            data: BTreeMap::new(),
            current: None,
            current_data: None,
            in_text: false,
        }
    }

    /// The look of a cell style.
    pub fn look(&self, name: &str) -> Look {
        let data = self.inherited(name, |style| style.data.clone());
        let format = data.map(|data| code(&self.data, &data)).unwrap_or_default();
        Look::new(&format, self.is_struck(name).unwrap_or(false))
    }

    /// Whether a style strikes out; `None` where it does not say.
    pub fn is_struck(&self, name: &str) -> Option<bool> {
        self.inherited(name, |style| style.struck)
    }

    fn inherited<T>(&self, name: &str, get: impl Fn(&Style) -> Option<T>) -> Option<T> {
        let mut style = self.named.get(name)?;
        for _ in 0..MAX_PARENTS {
            if let Some(found) = get(style) {
                return Some(found);
            }
            style = self.named.get(&style.parent)?;
        }
        None
    }
}

impl Visitor for Styles<'_> {
    fn open(&mut self, name: &str, tag: &Tag) -> Result<(), ReadError> {
        self.meter.listed(Limit::Styles, self.named.len().max(self.data.len()))?;
        match name {
            "style" => {
                let own = tag.get("name").unwrap_or_default();
                let parent = tag.get("parent-style-name").unwrap_or_default();
                let data = tag.get("data-style-name");
                self.named.insert(own.clone(), Style { parent, data, struck: None });
                self.current = Some(own);
            }
            "text-properties" => {
                let line = tag.get("text-line-through-style").or_else(|| tag.get("text-line-through-type"));
                if let (Some(line), Some(style)) = (line, self.current_style()) {
                    style.struck = Some(line != "none");
                }
            }
            _ if DataStyle::is_one(name) => {
                let own = tag.get("name").unwrap_or_default();
                self.data.insert(own.clone(), DataStyle::default());
                self.current_data = Some(own);
            }
            _ => {
                if let Some(data) = self.current_data.as_ref().and_then(|name| self.data.get_mut(name)) {
                    self.in_text = data.open(name, tag);
                }
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadError> {
        let data = self.current_data.as_ref().filter(|_| self.in_text);
        if let Some(data) = data.and_then(|name| self.data.get_mut(name)) {
            data.literal(text);
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), ReadError> {
        match name {
            "style" => self.current = None,
            _ if DataStyle::is_one(name) => self.current_data = None,
            _ => self.in_text = false,
        }
        Ok(())
    }
}

impl Styles<'_> {
    fn current_style(&mut self) -> Option<&mut Style> {
        self.named.get_mut(self.current.as_ref()?)
    }
}
