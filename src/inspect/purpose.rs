//! What a book or a sheet is taken for, in one line.

use std::collections::BTreeSet;

use crate::extract::{Located, Records};
use crate::locate::Table;
use crate::model::place::CellRef;

/// So many cells beside one another, in so many rows, look like a table.
const BESIDE: usize = 3;

/// What a sheet gave.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given {
    pub indicators: usize,
    pub figures: usize,
    pub initiatives: usize,
    pub sections: usize,
}

impl Given {
    /// What records hold, of one sheet or of all.
    pub fn of(records: &Records, sheet: Option<&str>) -> Self {
        let here = |name: &str| sheet.is_none_or(|sheet| sheet == name);
        let indicators = || records.indicators.iter().filter(|i| here(&i.place.sheet));
        Self {
            indicators: indicators().count(),
            figures: indicators().map(|indicator| indicator.figures.len()).sum(),
            initiatives: records.initiatives.iter().filter(|i| here(&i.place.sheet)).count(),
            sections: records.sections.iter().filter(|line| here(&line.place.sheet)).count(),
        }
    }

    /// Whether it is anything.
    pub fn any(&self) -> bool {
        self.indicators + self.initiatives + self.sections > 0
    }

    /// Its parts in words.
    fn words(&self) -> String {
        let mut parts = Vec::new();
        if self.sections > 0 {
            parts.push(format!("部の運営方針（{}行）", self.sections));
        }
        if self.indicators > 0 {
            parts.push(format!("指標の表（指標 {}、値 {}）", self.indicators, self.figures));
        }
        if self.initiatives > 0 {
            parts.push(format!("取組みの表（取組項目 {}）", self.initiatives));
        }
        parts.join("・")
    }
}

/// What the file is.
pub fn book(records: &Records, located: &[Located]) -> String {
    let given = Given::of(records, None);
    if given.any() {
        return format!("{}のブック", given.words());
    }
    let looks: Vec<Look> = located.iter().map(look).collect();
    let parts = [(Look::Table, "一覧表・統計表"), (Look::Form, "様式"), (Look::Prose, "文章")];
    let count = |look: Look| looks.iter().filter(|other| **other == look).count();
    let found: Vec<(usize, &str)> =
        parts.iter().map(|(look, word)| (count(*look), *word)).filter(|(count, _)| *count > 0).collect();
    let words = match found.as_slice() {
        [] => return "見える文字が何もないブック：値は取り込みません".to_owned(),
        [(_, word)] => (*word).to_owned(),
        several => {
            let words = several.iter().map(|(count, word)| format!("{word}（{count}シート）"));
            words.collect::<Vec<_>>().join("・")
        }
    };
    format!("{words}のブック（指標も取組みもない）：値は取り込みません")
}

/// What a sheet that gives nothing looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Empty,
    Form,
    Table,
    Prose,
}

fn look(located: &Located) -> Look {
    let layout = &located.layout;
    let mut read = layout.tables.iter().filter(|t| t.purpose.indicators || t.purpose.initiatives);
    if located.view.last_row().is_none() {
        Look::Empty
    } else if read.next().is_some() {
        Look::Form
    } else if layout.tables.iter().any(|table| !table.rows.is_empty()) || is_grid(located) {
        // A few words in a grid that could head a table do not make it a form.
        Look::Table
    } else if layout.tables.len() + layout.pairs.len() + layout.blocks.len() > 0 {
        Look::Form
    } else {
        Look::Prose
    }
}

/// What a visible sheet is, and why where nothing on it was recognised.
pub fn sheet(located: &Located, given: Given) -> String {
    if given.any() {
        return given.words();
    }
    let layout = &located.layout;
    if located.view.last_row().is_none() {
        return "空のシート：見える文字が何もない".to_owned();
    }
    let table = |indicators: bool| {
        let purpose = |table: &&Table| {
            if indicators { table.purpose.indicators } else { table.purpose.initiatives }
        };
        layout.tables.iter().any(|table| purpose(&table))
    };
    if table(true) {
        return "様式：指標の表の見出しはあるが、値がまだ書かれていない".to_owned();
    }
    if table(false) {
        return "様式：取組みの表の見出しはあるが、取組みがまだ書かれていない".to_owned();
    }
    if let Some(largest) = layout.tables.iter().max_by_key(|table| table.rows.len()) {
        let blank = largest.rows.is_empty();
        if !blank {
            return largest.reason.clone();
        }
    }
    if is_grid(located) {
        return "表（指標ではない）：文字や数字が並んでいるが、見出しに指標名も年度もない".to_owned();
    }
    if !layout.tables.is_empty() {
        return "様式：見出しだけがあり、その下に何も書かれていない".to_owned();
    }
    let labels = layout.pairs.len() + layout.blocks.len();
    if labels > 0 {
        format!("様式：見出しと記入欄（{labels}か所）だけで、指標の表も取組みの表もない")
    } else {
        "文章：見出しと値の並ぶ表がない".to_owned()
    }
}

/// Whether most of what stands on a sheet stands side by side, in several rows.
fn is_grid(located: &Located) -> bool {
    let loose: BTreeSet<CellRef> = located.layout.lines.iter().copied().collect();
    let (mut all, mut inside, mut rows) = (0, 0, 0);
    for (row, slots) in located.view.rows() {
        let own = || slots.iter().filter(|slot| slot.starts_in(row));
        all += own().count();
        let here = own().filter(|slot| loose.contains(&slot.anchor)).count();
        if here >= BESIDE {
            (inside, rows) = (inside + here, rows + 1);
        }
    }
    rows >= BESIDE && inside * 2 >= all
}
