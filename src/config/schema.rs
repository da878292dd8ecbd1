//! The shape of hoshin.toml for editors, which complete and check what is typed by it. The program itself reads the
//! file with its own eyes (`valid` and its neighbours), which know more: names that clash, days that contradict.

#![expect(dead_code, reason = "only the shape is used, by the schema")]

use std::collections::BTreeMap;

use schemars::JsonSchema;

use crate::finding::Severity;
use crate::model::indicator::Polarity;

/// hoshin.toml.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "hoshin の設定（hoshin.toml）")]
pub(crate) struct Hoshin {
    #[schemars(description = "市の名前と取りまとめの部署")]
    city: Option<City>,
    #[schemars(description = "対象月と保存")]
    run: Option<Run>,
    #[schemars(description = "部局と課を、建制順に")]
    department: Option<Vec<Department>>,
    #[schemars(description = "指標について、台帳だけでは分からないこと")]
    indicator: Option<Vec<Indicator>>,
    #[schemars(description = "同じ取組項目の別の書き方")]
    initiative: Option<Vec<Initiative>>,
    #[schemars(description = "提出の期限")]
    submission: Option<Submission>,
    #[schemars(description = "求めるブック")]
    expected: Option<Vec<Expected>>,
    #[schemars(description = "お知らせの重要度。コードは hoshin explain で確かめられます")]
    severity: Option<BTreeMap<String, Severity>>,
    #[schemars(description = "判定の規則")]
    judgement: Option<Judging>,
    #[schemars(description = "過去の月との比べ方")]
    history: Option<History>,
    #[schemars(description = "課の答えにより了承した指摘")]
    accepted: Option<Vec<Accepted>>,
    #[schemars(description = "差戻しの回答の期限")]
    answers: Option<Answers>,
    #[schemars(description = "1冊のブックの大きさと、読み取りの時間・メモリーの上限")]
    limits: Option<Limits>,
}

/// `[city]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct City {
    #[schemars(description = "すべての帳票に印刷される市の名前")]
    name: Option<String>,
    #[schemars(description = "取りまとめの部署")]
    publisher: Option<String>,
    #[schemars(description = "取りまとめの部署のメールアドレス")]
    mail: Option<String>,
}

/// `[run]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Run {
    #[schemars(description = "何も指定しないときの対象月")]
    period: Option<Period>,
    #[schemars(description = "読んだ台帳の写しを残すか")]
    archive_inputs: Option<bool>,
    #[schemars(description = "暗号化されたブックのパスワードを書いたファイル（1行に1つ）")]
    password_file: Option<String>,
}

/// `period`.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
enum Period {
    Previous,
    Current,
}

/// `[[department]]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Department {
    #[schemars(description = "部局の名前")]
    name: String,
    #[schemars(description = "台帳で使われる別の書き方")]
    aliases: Option<Vec<String>>,
    #[schemars(description = "課を、建制順に")]
    divisions: Option<Vec<Division>>,
    #[schemars(description = "できた日")]
    from: Option<String>,
    #[schemars(description = "最後の日")]
    to: Option<String>,
    #[schemars(description = "前の部の名前")]
    successor_of: Option<Ancestors>,
    #[schemars(description = "この部局だけの判定の規則")]
    judgement: Option<String>,
    #[schemars(description = "最新の実績が作業中のとき、その前の実績で判定するか")]
    use_last_settled: Option<bool>,
    #[schemars(description = "差戻しの宛先")]
    mail: Option<String>,
}

/// A division's name, or a table with more.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Division {
    Name(String),
    Table(DivisionTable),
}

/// One name or several.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Ancestors {
    One(String),
    Several(Vec<String>),
}

/// A division with more than its name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DivisionTable {
    #[schemars(description = "課の名前")]
    name: String,
    #[schemars(description = "台帳で使われる別の書き方")]
    aliases: Option<Vec<String>>,
    #[schemars(description = "できた日")]
    from: Option<String>,
    #[schemars(description = "最後の日")]
    to: Option<String>,
    #[schemars(description = "前の課の名前")]
    successor_of: Option<Ancestors>,
    #[schemars(description = "差戻しの宛先")]
    mail: Option<String>,
}

/// `[[indicator]]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Indicator {
    #[schemars(description = "指標の名前")]
    name: String,
    #[schemars(description = "ほかの台帳での名前")]
    aliases: Option<Vec<String>>,
    #[schemars(description = "この部局だけのとき")]
    department: Option<String>,
    #[schemars(description = "望ましい方向")]
    polarity: Option<Polarity>,
    #[schemars(description = "台帳のどこにも単位がないときの単位")]
    unit: Option<String>,
    #[schemars(description = "この指標だけの判定の規則")]
    judgement: Option<String>,
    #[schemars(description = "最新の実績が作業中のとき、その前の実績で判定するか")]
    use_last_settled: Option<bool>,
}

/// `[[initiative]]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Initiative {
    #[schemars(description = "取組項目")]
    name: String,
    #[schemars(description = "同じ取組項目の別の書き方")]
    aliases: Option<Vec<String>>,
    #[schemars(description = "この部局だけのとき")]
    department: Option<String>,
}

/// `[submission]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Submission {
    #[schemars(description = "翌月の何日までか", range(min = 1, max = 31))]
    day: Option<u32>,
}

/// `[[expected]]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Expected {
    #[schemars(description = "部局")]
    department: String,
    #[schemars(description = "課")]
    division: Option<String>,
    #[schemars(description = "ブックの場所。* は任意の文字、** は任意のフォルダー")]
    workbook: Option<String>,
    #[schemars(description = "翌月の何日までか", range(min = 1, max = 31))]
    day: Option<u32>,
    #[schemars(description = "求め始める日")]
    from: Option<String>,
    #[schemars(description = "求め終わる日")]
    to: Option<String>,
}

/// `[judgement]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Judging {
    #[schemars(description = "判定の規則の名前")]
    rule: Option<String>,
    #[schemars(description = "最新の実績が作業中のとき、その前の実績で判定するか")]
    use_last_settled: Option<bool>,
}

/// `[history]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct History {
    #[schemars(description = "何か月変わらなければ「更新のない値」とするか", range(min = 1, max = 60))]
    stale_months: Option<u32>,
}

/// `[[accepted]]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Accepted {
    #[schemars(description = "指摘のコード")]
    code: String,
    #[schemars(description = "ブック")]
    workbook: String,
    #[schemars(description = "シートとセル")]
    cell: Option<String>,
    #[schemars(description = "そのときの文字")]
    raw: Option<String>,
    #[schemars(description = "了承した理由")]
    reason: String,
    #[schemars(description = "答えた人")]
    by: String,
    #[schemars(description = "いつまでか")]
    until: String,
}

/// `[answers]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Answers {
    #[schemars(description = "何日以内に答えてもらうか", range(min = 1, max = 366))]
    days: Option<u16>,
}

/// `[limits]`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Limits {
    #[schemars(description = "ファイルの大きさ（MB）", range(min = 1, max = 2000))]
    file_mb: Option<u32>,
    #[schemars(description = "圧縮を解いた大きさ（MB）", range(min = 8, max = 4000))]
    unpacked_mb: Option<u32>,
    #[schemars(description = "圧縮の倍率（32 MB を超えるとき）", range(min = 20, max = 2000))]
    ratio: Option<u32>,
    #[schemars(description = "シートの数", range(min = 1, max = 100_000))]
    sheets: Option<u32>,
    #[schemars(description = "文字や数値の入ったセルとコメントの数", range(min = 1000, max = 100_000_000))]
    cells: Option<u32>,
    #[schemars(
        description = "使われている範囲のセルの数（空のセルも含む。.xls と .ods）",
        range(min = 1000, max = 100_000_000)
    )]
    area: Option<u32>,
    #[schemars(description = "結合セルの数", range(min = 1000, max = 10_000_000))]
    merges: Option<u32>,
    #[schemars(description = "書式の数", range(min = 1000, max = 10_000_000))]
    styles: Option<u32>,
    #[schemars(description = "一つのセルやコメントの文字数", range(min = 1000, max = 1_000_000))]
    text_chars: Option<u32>,
    #[schemars(description = "文字数の合計", range(min = 10000, max = 1_000_000_000))]
    total_chars: Option<u32>,
    #[schemars(description = "XML の入れ子の深さ", range(min = 32, max = 1000))]
    depth: Option<u32>,
    #[schemars(description = "読み取りにかかる時間（CPU の秒数）", range(min = 1, max = 3600))]
    seconds: Option<u32>,
    #[schemars(description = "読み取りに使うメモリー（MB）", range(min = 128, max = 16384))]
    memory_mb: Option<u32>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

    use serde_json::Value;

    use super::*;
    use crate::config;
    use crate::config::shape;

    /// For each table of the shape its keys, by the path to it.
    fn keys(schema: &Value, path: &str, all: &mut Vec<(String, String)>) {
        for part in ["anyOf", "oneOf"] {
            for inner in schema.get(part).and_then(Value::as_array).into_iter().flatten() {
                keys(inner, path, all);
            }
        }
        if let Some(items) = schema.get("items") {
            keys(items, path, all);
        }
        for (key, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            all.push((path.to_owned(), key.clone()));
            keys(inner, &format!("{path}.{key}"), all);
        }
    }

    /// A document that says one key of one table, in the table's own way.
    fn saying(path: &str, key: &str) -> Option<String> {
        let lists = [".department", ".indicator", ".initiative", ".expected", ".accepted"];
        match path {
            "" | ".severity" => None,
            ".department.divisions" => {
                Some(format!("[[department]]\nname = \"部\"\ndivisions = [{{ {key} = \"x\" }}]\n"))
            }
            path if lists.contains(&path) => Some(format!("[[{}]]\n{key} = \"x\"\n", &path[1..])),
            path => Some(format!("[{}]\n{key} = \"x\"\n", &path[1..])),
        }
    }

    #[test]
    fn editors_know_exactly_the_keys_that_the_program_reads() {
        let schema = shape::schema::<Hoshin>();
        let mut all = Vec::new();
        keys(schema.as_value(), "", &mut all);
        assert!(all.len() > 40, "{all:?}");
        let unknown = |text: &str, key: &str| {
            let problems = config::parse(text, "hoshin.toml").err().map_or_else(Vec::new, |e| e.problems);
            problems
                .iter()
                .any(|problem| problem.message.contains(&format!("「{key}」という項目はありません")))
        };
        for (path, key) in &all {
            let Some(text) = saying(path, key) else { continue };
            assert!(!unknown(&text, key), "{path} {key} is no key of hoshin.toml");
        }
        // The program's own list of what may stand there, from its message about a key that may not.
        for path in all.iter().map(|(path, _)| path.as_str()).filter(|path| saying(path, "zzz").is_some()) {
            let text = saying(path, "zzz").expect("a table");
            let error = config::parse(&text, "hoshin.toml").expect_err("no such key").to_string();
            let told = error.split("書けるのは ").nth(1).and_then(|rest| rest.split(" です").next());
            let mut told: Vec<&str> = told.unwrap_or_else(|| panic!("{path}: {error}")).split('、').collect();
            let mut known: Vec<&str> =
                all.iter().filter(|(other, _)| other == path).map(|(_, key)| key.as_str()).collect();
            told.sort_unstable();
            known.sort_unstable();
            assert_eq!(known, told, "{path}");
        }
    }
}
