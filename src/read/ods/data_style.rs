//! Data styles of an ods → number format codes as Excel writes them.

use std::collections::BTreeMap;

use crate::read::look::MAX_CODE;
use crate::read::xml::Tag;

/// More digits than any sheet shows.
const MAX_DIGITS: usize = 28;
/// More conditions than a code has sections.
const MAX_MAPS: usize = 3;

/// One data style.
#[derive(Debug, Default)]
pub struct DataStyle {
    code: String,
    /// Conditions such as `>=0`, and the styles that apply where they hold.
    maps: Vec<(String, String)>,
}

impl DataStyle {
    /// Whether an element is a data style.
    pub fn is_one(name: &str) -> bool {
        matches!(
            name,
            "number-style"
                | "percentage-style"
                | "currency-style"
                | "date-style"
                | "time-style"
                | "text-style"
                | "boolean-style"
        )
    }

    /// Takes in an element inside the style; whether the text in it is a literal.
    pub fn open(&mut self, name: &str, tag: &Tag) -> bool {
        let long = tag.get("style").is_some_and(|style| style == "long");
        let textual = tag.is_true("textual");
        let part = match name {
            "text" | "currency-symbol" => return true,
            "number" => number(tag),
            "scientific-number" => format!("{}E+00", number(tag)),
            "fraction" => "# ?/?".to_owned(),
            "text-content" => "@".to_owned(),
            "era" => (if long { "ggg" } else { "g" }).to_owned(),
            "year" if tag.any("calendar", "gengou") => (if long { "ee" } else { "e" }).to_owned(),
            "year" => (if long { "yyyy" } else { "yy" }).to_owned(),
            "month" if textual => (if long { "mmmm" } else { "mmm" }).to_owned(),
            "day" => (if long { "dd" } else { "d" }).to_owned(),
            "day-of-week" => (if long { "aaaa" } else { "aaa" }).to_owned(),
            "hours" => (if long { "hh" } else { "h" }).to_owned(),
            "month" | "minutes" => (if long { "mm" } else { "m" }).to_owned(),
            "seconds" => (if long { "ss" } else { "s" }).to_owned(),
            "am-pm" => "AM/PM".to_owned(),
            "map" if self.maps.len() >= MAX_MAPS => String::new(),
            "map" => {
                let condition = tag.get("condition").unwrap_or_default().replace("value()", "");
                self.maps.push((condition, tag.get("apply-style-name").unwrap_or_default()));
                String::new()
            }
            _ => String::new(),
        };
        self.push(&part);
        false
    }

    /// What is longer than any code may be is cut, and then no code at all.
    fn push(&mut self, part: &str) {
        if self.code.len() <= MAX_CODE {
            self.code.push_str(part);
        }
    }

    /// Takes in a literal; what a code writes without quotes stays so.
    pub fn literal(&mut self, text: &str) {
        if text.chars().all(|c| matches!(c, '%' | '-' | '/' | ':' | ' ' | '(' | ')')) {
            self.push(text);
        } else {
            self.push(&format!("\"{}\"", text.replace('"', "")));
        }
    }
}

fn number(tag: &Tag) -> String {
    let count = |name| tag.number::<usize>(name).unwrap_or(0).min(MAX_DIGITS);
    let mut whole = "0".repeat(count("min-integer-digits"));
    if tag.is_true("grouping") {
        while whole.len() < 4 {
            whole.insert(0, '#');
        }
        whole.insert(whole.len() - 3, ',');
    } else if whole.is_empty() {
        whole.push('#');
    }
    let places = count("decimal-places");
    let least = tag.number::<usize>("min-decimal-places").unwrap_or(places).min(places);
    let point = if places > 0 { "." } else { "" };
    format!("{whole}{point}{}{}", "0".repeat(least), "#".repeat(places - least))
}

/// The code of a data style, its conditions as sections.
pub fn code(styles: &BTreeMap<String, DataStyle>, name: &str) -> String {
    let Some(style) = styles.get(name) else { return String::new() };
    let conditions: Vec<&str> = style.maps.iter().map(|(condition, _)| condition.as_str()).collect();
    // Those that a code without conditions means anyway.
    let usual = matches!(conditions.as_slice(), [">=0"] | [">0", "<0"]);
    let mut sections: Vec<String> = style
        .maps
        .iter()
        .map(|(condition, name)| {
            let code = styles.get(name).map_or("", |style| style.code.as_str());
            if usual { code.to_owned() } else { format!("[{condition}]{code}") }
        })
        .collect();
    sections.push(style.code.clone());
    sections.join(";")
}
