//! What `answers` prints: comments for people, then tables for hoshin.toml; the whole is valid TOML.

use std::fmt;

use super::Answers;
use crate::compose::returns::ANSWERS;
use crate::model::acceptance::{Acceptance, squeezed};

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |answer| self.counts.get(&answer).copied().unwrap_or_default();
        let all: usize = self.counts.values().sum();
        writeln!(f, "# 差戻しの回答　表 {}件、確かめていただいたこと {all}件", self.sheets)?;
        let mut counted: Vec<String> =
            ANSWERS.iter().map(|(answer, word)| format!("{word} {}件", count(Some(*answer)))).collect();
        counted.push(format!("未回答 {}件", count(None)));
        writeln!(f, "# {}", counted.join("、"))?;
        list(f, "受け取れなかったもの", &self.problems)?;
        list(f, "担当外とされたもの。正しい担当に渡してください", &self.elsewhere)?;
        if self.accepted.is_empty() {
            return writeln!(f, "# hoshin.toml に書き足すものはありません。");
        }
        writeln!(f, "# 次の {}件を hoshin.toml の終わりに貼り付けてください。", self.accepted.len())?;
        writeln!(f, "# until は了承の期限です（年度末にしてあります）。")?;
        self.accepted.iter().try_for_each(|acceptance| table(f, acceptance))
    }
}

fn list(f: &mut fmt::Formatter<'_>, words: &str, lines: &[String]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "#\n# {words}（{}件）", lines.len())?;
    // A line break would end the comment.
    lines.iter().try_for_each(|line| writeln!(f, "# ・{}", squeezed(line)))?;
    writeln!(f, "#")
}

fn table(f: &mut fmt::Formatter<'_>, acceptance: &Acceptance) -> fmt::Result {
    let Acceptance { code, workbook, sheet, cell, raw, reason, by, until } = acceptance;
    let mut line = |key: &str, text: &str| writeln!(f, "{key} = {}", toml::Value::from(text));
    line("\n[[accepted]]\ncode", code.as_str())?;
    line("workbook", workbook)?;
    if !sheet.is_empty() {
        line("cell", &format!("{sheet}!{}", cell.map_or_else(String::new, |cell| cell.to_string())))?;
    }
    if !raw.is_empty() {
        line("raw", raw)?;
    }
    line("reason", reason)?;
    line("by", by)?;
    line("until", &until.to_string())
}
