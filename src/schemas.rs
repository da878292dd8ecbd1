//! The JSON Schemas of what a city writes: editors complete and check by them. They stand in `templates/schema/`, and
//! `init` writes them beside the templates; the first line of each TOML file names its own.

use crate::compose::Plan;
use crate::config::schema::Hoshin;
use crate::config::shape::schema;
use crate::judge::schema::Judgement;
use crate::pdf::Theme;

/// The files below `templates/`, each with its text.
pub fn files() -> Vec<(&'static str, String)> {
    let all = [
        ("schema/hoshin.schema.json", schema::<Hoshin>()),
        ("schema/judgement.schema.json", schema::<Judgement>()),
        ("schema/report.schema.json", schema::<Plan>()),
        ("schema/theme.schema.json", schema::<Theme>()),
    ];
    let text = |schema: &schemars::Schema| serde_json::to_string_pretty(schema).unwrap_or_default() + "\n";
    all.iter().map(|(path, schema)| (*path, text(schema))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, clippy::disallowed_methods, reason = "tests set their own scene")]

    use std::path::Path;

    use super::*;
    use crate::templates::Templates;

    #[test]
    fn the_schemas_that_stand_beside_the_templates_are_these() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for (path, text) in files() {
            if std::env::var_os("HOSHIN_WRITE_SCHEMAS").is_some() {
                std::fs::create_dir_all(folder.join("schema")).expect("a folder");
                std::fs::write(folder.join(path), &text).expect("written");
            }
            let stands = std::fs::read_to_string(folder.join(path)).expect(path);
            assert_eq!(stands, text, "{path}: write it anew with HOSHIN_WRITE_SCHEMAS=1");
        }
    }

    #[test]
    fn each_template_names_its_schema_in_its_first_line() {
        for name in ["judgement", "report", "theme"] {
            let first = format!("#:schema ./schema/{name}.schema.json");
            let text = Templates::embedded().text(&format!("{name}.toml")).to_owned();
            assert_eq!(text.lines().next(), Some(first.as_str()), "{name}");
        }
    }
}
