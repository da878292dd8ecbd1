//! `[limits]`.

use super::{assert_problems, parse};
use crate::model::limits::{Limit, Limits, MEGABYTE};
use crate::schemas;

#[test]
fn limits_are_read_in_their_own_units() {
    let text = "[limits]\nfile_mb = 80\nunpacked_mb = 1_000\nratio = 500\ncells = 2_000_000\nseconds = 30\nmemory_mb = 1024\n";
    let limits = parse(text, "hoshin.toml").expect("valid").limits;
    let expected = Limits {
        file: 80 * MEGABYTE,
        unpacked: 1_000 * MEGABYTE,
        ratio: 500,
        cells: 2_000_000,
        seconds: 30,
        memory: 1_024 * MEGABYTE,
        ..Limits::default()
    };
    assert_eq!(limits, expected);
}

#[test]
fn all_problems_of_limits_are_told_at_once() {
    let text =
        "[limits]\nfile_mb = 0\ncell = 5\nseconds = \"10\"\nmemory_mb = 127\nratio = 2001\ndepth = 2.5\n";
    assert_problems(
        text,
        &[
            (2, "[limits] の file_mb は 1 から 2000 までの整数で書いてください"),
            (3, "「cells」の書き誤りではありませんか"),
            (4, "[limits] の seconds は 1 から 3600 までの整数で書いてください"),
            (5, "[limits] の memory_mb は 128 から 16384 までの整数で書いてください"),
            (6, "[limits] の ratio は 20 から 2000 までの整数で書いてください"),
            (7, "[limits] の depth は 32 から 1000 までの整数で書いてください"),
        ],
    );
    assert_problems("limits = 3\n", &[(1, "[limits]")]);
}

#[test]
fn a_new_hoshin_toml_tells_the_limits_in_force() {
    let text = include_str!("../../commands/init.toml");
    let start = text.find("# [limits]").expect("the section");
    let lines = text[start..].lines().take_while(|line| line.starts_with('#'));
    let section: Vec<&str> = lines.map(|line| line.trim_start_matches("# ")).collect();
    assert_eq!(section.len(), Limit::ALL.len() + 1, "{section:?}");
    assert_eq!(parse(&section.join("\n"), "hoshin.toml").expect("valid").limits, Limits::default());
}

#[test]
fn editors_know_what_may_stand_under_each_limit() {
    let files = schemas::files();
    let (_, text) = files.iter().find(|(path, _)| path.contains("hoshin")).expect("the schema");
    let schema: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let keys = &schema["properties"]["limits"]["properties"];
    for limit in Limit::ALL {
        let key = &keys[limit.key()];
        let (low, high) = limit.bounds().into_inner();
        assert_eq!((&key["minimum"], &key["maximum"]), (&low.into(), &high.into()), "{}", limit.key());
    }
}
