//! Older formats of `data/snapshot.json`, brought to today's one step at a time.

use serde_json::{Map, Value, json};

use super::SCHEMA;
use crate::templates::Templates;

/// A snapshot of an older format in today's; `None` where it is none.
pub fn migrate(mut snapshot: Value, schema: u32) -> Option<Value> {
    let root = snapshot.as_object_mut()?;
    for step in schema..SCHEMA {
        match step {
            1 => from_1(root)?,
            _ => return None,
        }
    }
    root.insert("schema".to_owned(), json!(SCHEMA));
    Some(snapshot)
}

/// Format 1 (hoshin 0.1.0) knew no earlier months, and kept only two of the templates that pages rest on: the built-in
/// ones stand for the others.
fn from_1(root: &mut Map<String, Value>) -> Option<()> {
    root.get_mut("dataset")?.as_object_mut()?.insert("memory".to_owned(), json!({}));
    let kept = root.get_mut("templates")?.as_object_mut()?;
    for (name, text) in Templates::embedded().printing() {
        kept.entry(name).or_insert(Value::String(text));
    }
    Some(())
}
