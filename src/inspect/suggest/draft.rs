//! A survey as the text of a profile; ★ marks what a person must fill in or confirm.

use std::fmt::Write;

use super::survey::{Blocks, Pair, Survey};
use crate::model::place::{CellRef, column_letters};
use crate::normalise::vocabulary::Role;

/// The draft for one sheet; `others` are further sheets that need one.
pub fn draft(path: &str, survey: &Survey, others: &[&str]) -> String {
    let mut out = String::new();
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    _ = writeln!(
        out,
        "# 「{}」のシート「{}」のためのプロファイルの下書きです。推測を含みます。",
        one_line(file),
        one_line(survey.sheet)
    );
    _ = writeln!(
        out,
        "# ★ のところを埋めるか確かめてから、templates/profiles/ に .toml の名前で保存してください。"
    );
    for other in others {
        _ = writeln!(out, "# ほかに見出しだけでは読めないシート：{}", one_line(other));
    }
    head(&mut out, survey);
    columns(&mut out, survey);
    if !survey.unknown.is_empty() {
        let words: Vec<String> = survey.unknown.iter().map(|text| quoted(text)).collect();
        _ = writeln!(
            out,
            "\n# ★ 意味の分からない状況・方向性の言葉。none は「空のままでよい」言葉です。意味が決まっているときは"
        );
        _ = writeln!(
            out,
            "#   none から除き、direction = {{ continue = [\"…\"] }} や status = {{ on_track = [\"…\"] }} に書いてください。"
        );
        _ = writeln!(out, "[words]\nnone = [{}]", words.join(", "));
    }
    match survey.blocks {
        Some(blocks) => repeated(&mut out, survey, blocks),
        None => single(&mut out, survey),
    }
    out
}

/// `[match]` and `[rows]`.
fn head(out: &mut String, survey: &Survey) {
    let mark = |col: &u32| {
        let cell = CellRef::new(survey.header, *col);
        format!("{cell} = {}", quoted(survey.word(*col)))
    };
    let known: Vec<u32> = survey.roles.iter().map(|(_, col)| *col).collect();
    let all: Vec<u32> = survey.words.keys().copied().collect();
    let chosen: Vec<u32> = if known.is_empty() { all.iter().copied().take(3).collect() } else { known };
    let words: Vec<String> = chosen.iter().take(3).map(|col| quoted(survey.word(*col))).collect();
    let mut expect: Vec<u32> =
        survey.pairs.iter().flat_map(|pair| [Some(pair.name), pair.unit, pair.value]).flatten().collect();
    expect.extend(chosen.iter().chain(all.last()));
    expect.retain(|col| !survey.word(*col).is_empty());
    expect.sort_unstable();
    expect.dedup();
    let expect: Vec<String> = expect.iter().map(mark).collect();
    _ = writeln!(out, "\n[match]  # どのシートに使うか。書いたものすべてに合うシートだけに使います");
    _ = writeln!(out, "# file = \"*\"  # ファイル名でも絞れます（* は任意の文字）");
    _ = writeln!(out, "sheet = {}", quoted(survey.sheet));
    _ = writeln!(out, "words = [{}]  # 上の方にある言葉", words.join(", "));
    _ = writeln!(out, "# 様式が変わっていないことの確かめ。1つでも違えば、何も読まずにお知らせします");
    _ = writeln!(out, "expect = {{ {} }}", expect.join(", "));
    _ = writeln!(out, "\n[rows]");
    _ = writeln!(out, "header = {}  # 見出しの行", survey.header + 1);
    _ = writeln!(out, "first = {}  # データの最初の行", survey.first + 1);
}

/// `[columns]`, with what nobody could tell in comments.
fn columns(out: &mut String, survey: &Survey) {
    _ = writeln!(out, "\n[columns]  # ★ 列の役目を確かめてください。要らないものは行ごと消します");
    for (role, col) in &survey.roles {
        if let Some(name) = key_of(*role) {
            _ = writeln!(out, "{name} = \"{}\"  # {}", column_letters(*col), survey.word(*col));
        }
    }
    let inside =
        |col: u32| survey.blocks.is_some_and(|b| col >= b.first && col < b.first + b.width * b.count);
    let paired = |col: u32| survey.pairs.iter().any(|pair| pair.name == col || pair.unit == Some(col));
    let role = |col: u32| survey.roles.iter().any(|(_, known)| *known == col);
    let open = survey.words.iter().filter(|(col, _)| !inside(**col) && !paired(**col) && !role(**col));
    let open: Vec<String> = open.map(|(col, words)| format!("{}「{words}」", column_letters(*col))).collect();
    if !open.is_empty() {
        _ = writeln!(out, "# 役目の分からない列：{}", open.join(" "));
    }
}

/// `[[figures]]` of equal blocks.
fn repeated(out: &mut String, survey: &Survey, blocks: Blocks) {
    let Blocks { first, width, count } = blocks;
    _ = writeln!(out, "\n[[figures]]  # 同じ見出しの {width} 列が {count} 回並んでいます");
    _ = writeln!(out, "first = \"{}\"  # 最初のまとまりの最初の列", column_letters(first));
    _ = writeln!(out, "width = {width}");
    _ = writeln!(out, "years = []  # ★ 左から順に {count} 個の年度を書いてください（例：\"R2\", \"R3\"）");
    _ = writeln!(
        out,
        "kind = \"actual\"  # ★ 値の種類：baseline 基準値、actual 実績、forecast 見込、plan 計画、target 目標"
    );
    _ = writeln!(
        out,
        "                 #   まとまりごとに違うときは kind の代わりに kinds = [\"actual\", \"plan\"] のように並べます"
    );
    if survey.by_order {
        _ = writeln!(out, "# ★ 値の列は、並びの順に当てはめただけです。必ず確かめてください");
    }
    _ = writeln!(out, "indicators = [  # name 指標名、unit 単位、value 最初のまとまりの値の列");
    if survey.pairs.is_empty() {
        for col in first..first + width {
            let (letters, word) = (column_letters(col), survey.word(col));
            _ = writeln!(
                out,
                "  {{ name = \"\", value = \"{letters}\" }},  # ★ {word}：指標名の列か、name の代わりに name_text = \"指標名\""
            );
        }
    }
    for pair in &survey.pairs {
        let value = pair.value.map(column_letters);
        let todo = if value.is_none() { "  # ★ value に値の列を書いてください" } else { "" };
        let value = format!("value = \"{}\"", value.unwrap_or_default());
        _ = writeln!(out, "  {{ {}, {value}{} }},{todo}", name_and_unit(pair), class(pair));
    }
    _ = writeln!(out, "]");
}

/// `[[figures]]` of columns that do not repeat.
fn single(out: &mut String, survey: &Survey) {
    if survey.pairs.is_empty() && survey.numbers.is_empty() {
        return;
    }
    let values: Vec<String> = (survey.numbers.iter())
        .map(|col| {
            format!(
                "    {{ column = \"{}\", year = \"\", kind = \"\" }},  # ★ {}",
                column_letters(*col),
                survey.word(*col)
            )
        })
        .collect();
    _ = writeln!(
        out,
        "\n[[figures]]  # ★ year に年度（例：\"R3\"）、kind に actual 実績・target 目標などを書いてください"
    );
    _ = writeln!(out, "indicators = [");
    if survey.pairs.is_empty() {
        _ = writeln!(out, "  {{ name = \"\", values = [  # ★ name に指標名の列を書いてください");
        _ = writeln!(out, "{}\n  ] }},", values.join("\n"));
    }
    for (index, pair) in survey.pairs.iter().enumerate() {
        // Whose the numbers are cannot be told where there are several names: they are listed once.
        let values = if index == 0 { values.join("\n") } else { String::new() };
        _ = writeln!(out, "  {{ {}{}, values = [\n{values}\n  ] }},", name_and_unit(pair), class(pair));
    }
    _ = writeln!(out, "]");
}

fn name_and_unit(pair: &Pair) -> String {
    let unit = pair.unit.map_or_else(String::new, |unit| format!(", unit = \"{}\"", column_letters(unit)));
    format!("name = \"{}\"{unit}", column_letters(pair.name))
}

fn class(pair: &Pair) -> String {
    pair.class.as_ref().map_or_else(String::new, |class| format!(", class = \"{class}\""))
}

/// The name of a role in a profile.
fn key_of(role: Role) -> Option<&'static str> {
    crate::profile::ROLES.iter().find(|(_, known)| *known == role).map(|(name, _)| *name)
}

/// A text as TOML on one line.
fn quoted(text: &str) -> String {
    toml::Value::String(one_line(text)).to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
