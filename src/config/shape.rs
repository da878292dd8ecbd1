//! Templates held against the shape of the type that they become: all mistakes at once, each with its line and what
//! would be right. The shape is the JSON Schema that editors get too, so that both say the same.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, nearest};
use super::raw::Walk;

/// The JSON Schema of a type, without references: each part says all of itself.
pub(crate) fn schema<T: JsonSchema>() -> Schema {
    let mut settings = SchemaSettings::draft07();
    settings.inline_subschemas = true;
    settings.into_generator().into_root_schema_for::<T>()
}

/// Reads a text whose tables lie over those of `base`, key by key; `base` must be whole in itself.
pub(crate) fn read_over<T: DeserializeOwned + JsonSchema>(base: &str, own: &str) -> Result<T, Vec<Problem>> {
    let problems = problems(own, schema::<T>().as_value(), Whole::No);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut merged: toml::Table = toml::from_str(base).map_err(|error| unexpected(&error))?;
    merge(&mut merged, toml::from_str(own).map_err(|error| unexpected(&error))?);
    T::deserialize(merged).map_err(|error| unexpected(&error))
}

/// Reads a text that is whole in itself.
pub(crate) fn read<T: DeserializeOwned + JsonSchema>(text: &str) -> Result<T, Vec<Problem>> {
    let problems = problems(text, schema::<T>().as_value(), Whole::Yes);
    if !problems.is_empty() {
        return Err(problems);
    }
    toml::from_str(text).map_err(|error| unexpected(&error))
}

/// What the shape does not say and the type refuses all the same.
fn unexpected(error: &toml::de::Error) -> Vec<Problem> {
    vec![Problem {
        line: 1, message: format!("読めない書き方があります（{}）", error.message())
    }]
}

fn merge(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => merge(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

/// Whether keys that must be there may be missing, since another text says them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    Yes,
    No,
}

fn problems(text: &str, schema: &Value, whole: Whole) -> Vec<Problem> {
    let (walk, document) = Walk::new(text);
    let mut check = Check { walk, whole };
    check.table("", 0, document.get_ref(), schema);
    check.walk.finish()
}

struct Check<'t> {
    walk: Walk<'t>,
    whole: Whole,
}

impl Check<'_> {
    fn table(&mut self, name: &str, offset: usize, table: &DeTable<'_>, schema: &Value) {
        let empty = serde_json::Map::new();
        let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        for (key, value) in table {
            let word: &str = key.get_ref();
            if let Some(inner) = properties.get(word).or_else(|| other_keys(schema)) {
                self.value(&below(name, word, value.get_ref()), value, inner);
                continue;
            }
            let cure = match nearest(word, properties.keys().map(String::as_str)) {
                Some(near) => format!("「{near}」の書き誤りではありませんか"),
                None => {
                    format!("書けるのは {} です", properties.keys().cloned().collect::<Vec<_>>().join("、"))
                }
            };
            let place = if name.is_empty() { String::new() } else { format!("{name} に") };
            self.walk.problem(key.span().start, format!("{place}「{word}」という項目はありません。{cure}"));
        }
        let required = schema.get("required").and_then(Value::as_array);
        let missing = required.into_iter().flatten().filter_map(Value::as_str);
        for key in missing.filter(|key| self.whole == Whole::Yes && !table.contains_key(*key)) {
            self.walk.problem(offset, format!("{name} に {key} がありません。書き足してください"));
        }
    }

    fn value(&mut self, name: &str, value: &Spanned<DeValue<'_>>, schema: &Value) {
        let schema = present(schema);
        let offset = value.span().start;
        let message = match (kind(schema), value.get_ref()) {
            ("object", DeValue::Table(table)) => return self.table(name, offset, table, schema),
            ("array", DeValue::Array(items)) => {
                let inner = schema.get("items").unwrap_or(&Value::Null);
                for item in items {
                    self.value(name, item, inner);
                }
                length(schema, items.len())
            }
            ("string", DeValue::String(text)) => word(schema, text),
            ("integer", DeValue::Integer(number)) => {
                bounds(schema, &number.as_str().replace('_', ""), "整数")
            }
            ("number", DeValue::Integer(number)) => bounds(schema, &number.as_str().replace('_', ""), "数"),
            ("number", DeValue::Float(number)) => bounds(schema, &number.as_str().replace('_', ""), "数"),
            ("boolean", DeValue::Boolean(_)) => None,
            (expected, _) => Some(form(expected, schema)),
        };
        if let Some(message) = message {
            self.walk.problem(offset, format!("{name} {message}"));
        }
    }
}

/// The shape of keys that the type does not name one by one.
fn other_keys(schema: &Value) -> Option<&Value> {
    schema.get("additionalProperties").filter(|other| other.is_object())
}

/// How messages call what stands below a name: `[block.指標の表] の columns`.
fn below(name: &str, key: &str, value: &DeValue<'_>) -> String {
    match (name, value) {
        ("", DeValue::Table(_)) => format!("[{key}]"),
        ("", DeValue::Array(_)) => format!("[[{key}]]"),
        ("", _) => key.to_owned(),
        (name, DeValue::Table(_)) if name.ends_with(']') && !name.starts_with("[[") => {
            format!("{}.{key}]", name.trim_end_matches(']'))
        }
        _ => format!("{name} の {key}"),
    }
}

/// The shape of a value that is there, where it may also be absent.
fn present(schema: &Value) -> &Value {
    let any = schema.get("anyOf").and_then(Value::as_array);
    any.and_then(|any| any.iter().find(|one| kind(one) != "null")).unwrap_or(schema)
}

fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or_default(),
        _ if !words(schema).is_empty() => "string",
        _ => "",
    }
}

/// The words that a text may be; empty where it may be any.
fn words(schema: &Value) -> Vec<&str> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    let told = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    listed.chain(told.filter_map(|one| one.get("const"))).filter_map(Value::as_str).collect()
}

fn word(schema: &Value, text: &str) -> Option<String> {
    let words = words(schema);
    if !words.is_empty() && !words.contains(&text) {
        let all: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        return Some(match nearest(text, words) {
            Some(near) => format!("に「{text}」は使えません。「{near}」の書き誤りではありませんか"),
            None => format!("に「{text}」は使えません。{} のどれかを書いてください", all.join("、")),
        });
    }
    // The one pattern in use: a colour.
    let color = schema.get("pattern").is_some();
    (color && !is_color(text))
        .then(|| format!("の「{text}」は色ではありません。#1F3A5F のように書いてください"))
}

/// `#RRGGBB`.
fn is_color(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn bounds(schema: &Value, number: &str, what: &str) -> Option<String> {
    let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
    let (low, high) = (limit("minimum"), limit("maximum"));
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite());
    let fits = |value: f64| low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high);
    if value.is_some_and(fits) {
        return None;
    }
    Some(match (low, high) {
        (Some(low), Some(high)) => format!("は {low} から {high} までの{what}で書いてください"),
        (Some(low), None) => format!("は {low} 以上の{what}で書いてください"),
        _ => format!("は{what}で書いてください"),
    })
}

fn length(schema: &Value, count: usize) -> Option<String> {
    let limit = |key: &str| schema.get(key).and_then(Value::as_u64);
    let (low, high) = (limit("minItems"), limit("maxItems"));
    let count = count as u64;
    match (low, high) {
        (Some(low), Some(high)) if low == high && count != low => {
            Some(format!("には {low} 個を並べてください"))
        }
        (Some(low), _) if count < low => Some(format!("には {low} 個以上を並べてください")),
        _ => None,
    }
}

/// How a value of a kind is written.
fn form(kind: &str, schema: &Value) -> String {
    match kind {
        "object" => "は { 項目 = 値 } か、見出しの行の下に項目を並べて書いてください".to_owned(),
        "array" => "は [ … , … ] の形で書いてください".to_owned(),
        "boolean" => "は true（はい）か false（いいえ）で書いてください".to_owned(),
        "integer" | "number" => {
            bounds(schema, "", if kind == "integer" { "整数" } else { "数" }).unwrap_or_default()
        }
        _ => "は \"…\" で囲んだ文字で書いてください".to_owned(),
    }
}
