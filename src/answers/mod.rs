//! What divisions wrote into returned 差戻し sheets → lines for hoshin.toml. Pure: workbooks come in read, a text goes out.

mod rows;
mod text;

use std::collections::BTreeMap;

use crate::compose::returns::Answer;
use crate::finding::Code;
use crate::model::acceptance::{Acceptance, squeezed};
use crate::model::sheet::Workbook;
use rows::{Asked, Line};

/// A file of the folder.
#[derive(Debug)]
pub struct Returned {
    /// Its path below the folder, with `/`.
    pub file: String,
    /// Its content, or why it cannot be read, in Japanese.
    pub workbook: Result<Workbook, String>,
}

/// All answers of a folder.
#[derive(Debug, Default)]
pub struct Answers {
    /// How many files are return sheets.
    pub sheets: usize,
    /// How often each answer was given; `None` where the cell is blank.
    pub counts: BTreeMap<Option<Answer>, usize>,
    /// What hoshin.toml may say from now on, in the order of files and rows.
    pub accepted: Vec<Acceptance>,
    /// What somebody else shall look at: where, and what was written.
    pub elsewhere: Vec<String>,
    /// What could not be taken, each with its file and row.
    pub problems: Vec<String>,
}

/// Gathers the answers of returned sheets.
pub fn gather(returned: &[Returned]) -> Answers {
    let mut answers = Answers::default();
    // Which cell was answered how, and where: a sheet may come back twice.
    let mut seen: BTreeMap<Asked, (Line, String)> = BTreeMap::new();
    for file in returned {
        let workbook = match &file.workbook {
            Ok(workbook) => workbook,
            Err(reason) => {
                answers.problems.push(format!("{}: {reason}", file.file));
                continue;
            }
        };
        let found = rows::read(workbook);
        if found.is_empty() {
            answers.problems.push(format!("{}: 差戻しの表ではありません", file.file));
            continue;
        }
        answers.sheets += 1;
        for row in found {
            let place = format!("{} › {} › {}行目", file.file, row.sheet, row.at + 1);
            match row.read {
                Err(problem) => answers.problems.push(format!("{place}: {problem}")),
                Ok((asked, line)) => match seen.get(&asked) {
                    Some((first, _)) if *first == line => {}
                    Some((_, other)) => answers
                        .problems
                        .push(format!("{place}: 「{other}」と答えが違います。先の答えを使いました")),
                    None => {
                        answers.take(&asked, &line, &place);
                        seen.insert(asked, (line, place));
                    }
                },
            }
        }
    }
    answers
}

impl Answers {
    fn take(&mut self, asked: &Asked, line: &Line, place: &str) {
        *self.counts.entry(line.answer).or_default() += 1;
        match line.answer {
            Some(Answer::Right) => match acceptance(asked, line) {
                Ok(acceptance) => self.accepted.push(acceptance),
                Err(problem) => self.problems.push(format!("{place}: {problem}")),
            },
            Some(Answer::NotOurs) => {
                let parts = [&asked.workbook, &asked.sheet, &asked.cell].map(String::as_str);
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                let reason = if line.reason.is_empty() { "理由なし" } else { &line.reason };
                self.elsewhere.push(format!("{place}: {}（{reason}）", parts.join(" › ")));
            }
            Some(Answer::Mended | Answer::Later) | None => {}
        }
    }
}

/// The acceptance that an answer asks for, or why there is none.
fn acceptance(asked: &Asked, line: &Line) -> Result<Acceptance, String> {
    let damaged = |what: &str| format!("隠れた列の{what}が壊れています。差戻しの表をもう一度渡してください");
    let code: Code = asked.code.parse().map_err(|_| damaged("コード"))?;
    if !code.is_acceptable() {
        return Err(format!(
            "「{code}」は「このままで正しい」とはできません。ブックを直してもらってください"
        ));
    }
    if line.reason.is_empty() {
        return Err("「このままで正しい」の理由がありません。理由を書いて返してもらってください".to_owned());
    }
    let cell = match asked.cell.as_str() {
        "" => None,
        cell => Some(cell.parse().map_err(|_| damaged("セル番地"))?),
    };
    if asked.workbook.is_empty() || (asked.sheet.is_empty() && cell.is_some()) {
        return Err(damaged("ブックとシートの名前"));
    }
    let by = if line.by.is_empty() { &asked.owner } else { &line.by };
    Ok(Acceptance {
        code,
        workbook: asked.workbook.clone(),
        sheet: asked.sheet.clone(),
        cell,
        raw: squeezed(&asked.raw),
        reason: line.reason.clone(),
        by: if by.is_empty() { "所属不明".to_owned() } else { by.clone() },
        until: asked.until.parse().map_err(|_| damaged("期限"))?,
    })
}

#[cfg(test)]
mod tests;
