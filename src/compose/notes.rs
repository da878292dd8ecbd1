//! Footnotes: in what the council receives, a figure that rests on an assumption carries a number, and below the table
//! it is said what was assumed. The internal edition says （仮定） beside the figure, and 要確認 tells the rest.

use super::desk::Desk;
use super::figures;
use crate::model::fiscal::Eras;
use crate::model::indicator::{Figure, IndicatorSource};
use crate::model::quantity::Confidence;
use crate::model::report::{Block, Para, Run};

/// The footnotes of one table.
pub struct Notes<'a> {
    /// `None` in the internal edition.
    eras: Option<&'a Eras>,
    lines: Vec<String>,
}

impl<'a> Notes<'a> {
    pub fn new(desk: &Desk<'a>) -> Self {
        Self { eras: desk.is_public().then_some(desk.eras), lines: Vec::new() }
    }

    /// A figure as this edition prints it.
    pub fn figure(&mut self, figure: &Figure, source: &IndicatorSource) -> Para {
        let Some(eras) = self.eras else { return figures::para(figure, source) };
        let said = format!("{}　{}", source.name, figure.slot().label(eras));
        let mut para = figures::bare(figure, source);
        let note = match figure.confidence {
            _ if figure.amendment.is_some() => {
                Some(format!("{said}：課の資料の値を、取りまとめの部署が改めた値です。"))
            }
            Confidence::Assumed if figure.carried_from.is_none() => Some(format!(
                "{said}：資料の書き方だけでは一つに定まらないため、「{}」と解して載せています。",
                para.text()
            )),
            Confidence::Unread => {
                para = Para::plain(UNREAD);
                Some(format!("{said}：資料の値を確認しているところです。"))
            }
            Confidence::Read | Confidence::Assumed => None,
        };
        if let Some(note) = note {
            let number = self.lines.len() + 1;
            para.runs.push(Run { text: format!("※{number}"), unit: true, ..Run::default() });
            self.lines.push(format!("※{number}　{note}"));
        }
        para
    }

    /// The footnotes, a line each.
    pub fn into_blocks(self) -> Vec<Block> {
        self.lines.into_iter().map(|line| Block::Paragraph(Para::small(line))).collect()
    }
}

/// What stands for a figure that could not be read.
const UNREAD: &str = "確認中";
