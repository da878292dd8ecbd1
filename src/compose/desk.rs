//! What composing a document needs at hand: the month, the template, whom it is about and for whom it is.

use std::collections::BTreeMap;

use super::change_words;
use super::judgements::Judged;
use super::plan::{BlockPlan, DocumentPlan, Edition, Kind, Plan};
use crate::finding::Finding;
use crate::model::dataset::{Dataset, Source};
use crate::model::fiscal::Eras;
use crate::model::indicator::Indicator;
use crate::model::initiative::Initiative;
use crate::model::judgement::Judgement;
use crate::model::organisation::Department;
use crate::model::report::{Block, Link, Para};

/// The words in braces that templates may use; [`Desk::filled`] puts in what they stand for.
pub const PLACEHOLDERS: &[&str] = &[
    "市",
    "部",
    "課",
    "年度",
    "月",
    "時点",
    "前月",
    "作成者",
    "停滞月数",
    "部局数",
    "指標数",
    "取組項目数",
    "ブック数",
];

/// A document's desk.
pub struct Desk<'a> {
    pub dataset: &'a Dataset,
    pub eras: &'a Eras,
    pub plan: &'a Plan,
    pub document: &'a DocumentPlan,
    /// `None` for the whole city.
    pub department: Option<&'a Department>,
    pub judged: Judged<'a>,
    pub indicators: Vec<&'a Indicator>,
    pub initiatives: Vec<&'a Initiative>,
    pub judgements: Vec<&'a Judgement>,
    pub findings: Vec<&'a Finding>,
    pub sources: Vec<&'a Source>,
}

impl<'a> Desk<'a> {
    pub fn new(
        (dataset, eras, plan): (&'a Dataset, &'a Eras, &'a Plan),
        document: &'a DocumentPlan,
        department: Option<&'a Department>,
    ) -> Self {
        let year = dataset.period.fiscal_year();
        let own = |name: &str| department.is_none_or(|department| department.name == name);
        let due = |initiative: &&Initiative| {
            department.is_none()
                || initiative.sources.iter().any(|s| s.fiscal_year.is_none_or(|own| own == year))
        };
        Self {
            dataset,
            eras,
            plan,
            document,
            department,
            judged: Judged::of(dataset),
            indicators: dataset.indicators.iter().filter(|i| own(&i.main().department)).collect(),
            initiatives: dataset
                .initiatives
                .iter()
                .filter(|i| own(&i.words().department))
                .filter(due)
                .collect(),
            judgements: dataset.judgements.iter().filter(|one| own(&one.department)).collect(),
            findings: dataset.findings.iter().filter(|finding| own(&finding.department)).collect(),
            sources: dataset.sources.iter().filter(|source| own(&source.department)).collect(),
        }
    }

    /// Whether people outside the house read it.
    pub fn is_public(&self) -> bool {
        self.document.edition == Edition::Council
    }

    /// The department's name; 全庁 for the city.
    pub fn name(&self) -> &'a str {
        self.department.map_or("全庁", |department| &department.name)
    }

    /// Whether a record belongs here.
    pub fn owns(&self, department: &str) -> bool {
        self.department.is_none_or(|own| own.name == department)
    }

    /// A text of the template with what its words in braces stand for.
    pub fn filled(&self, text: &str) -> String {
        if !text.contains('{') {
            return text.to_owned();
        }
        let values = self.values();
        let mut filled = text.to_owned();
        for (word, value) in values {
            filled = filled.replace(&format!("{{{word}}}"), &value);
        }
        filled
    }

    fn values(&self) -> BTreeMap<&'static str, String> {
        let Dataset { city, publisher, period, .. } = self.dataset;
        let divisions = self.department.map(|department| {
            let names = department.divisions.iter().map(|division| division.name.as_str());
            names.collect::<Vec<_>>().join("・")
        });
        BTreeMap::from([
            ("市", city.clone()),
            ("作成者", publisher.clone()),
            ("部", self.department.map_or_else(String::new, |department| department.name.clone())),
            ("課", divisions.unwrap_or_default()),
            ("年度", self.eras.long(period.fiscal_year())),
            ("月", super::month(self.dataset, self.eras)),
            ("時点", super::as_of(self.dataset, self.eras)),
            ("前月", change_words::against(self.dataset, self.eras).unwrap_or_default()),
            ("停滞月数", self.dataset.memory.stale_months.to_string()),
            ("部局数", self.dataset.departments.len().to_string()),
            ("指標数", self.indicators.len().to_string()),
            ("取組項目数", self.initiatives.len().to_string()),
            ("ブック数", self.sources.len().to_string()),
        ])
    }

    /// The block's heading, by whose name links find it; none where the template says no title.
    pub fn heading(&self, name: &str, block: &BlockPlan) -> Option<Block> {
        let text = self.filled(&block.title);
        let note = self.filled(&block.note);
        let anchor = name.to_owned();
        (!text.is_empty()).then_some(Block::Heading { level: block.level, text, note, anchor })
    }

    /// A block's content below its heading; what the template says instead where there is none.
    pub fn under(&self, name: &str, block: &BlockPlan, content: Vec<Block>) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !content.is_empty() {
            blocks.extend(self.heading(name, block));
            blocks.extend(content);
        } else if !block.empty.is_empty() {
            blocks.extend(self.heading(name, block));
            blocks.push(Block::Paragraph(Para::plain(self.filled(&block.empty))));
        }
        blocks
    }

    /// A part of a block: a heading one level below the block's own.
    pub fn part(block: &BlockPlan, text: String) -> Block {
        let level = if block.title.is_empty() { block.level.max(2) } else { block.level + 1 };
        Block::Heading { level: level.min(3), text, note: String::new(), anchor: String::new() }
    }

    /// A link to the page of this document on which the first block of a kind stands; `None` where it has none.
    pub fn link_here(&self, kind: Kind) -> Option<Link> {
        let anchor = self.plan.block_of(self.document, kind)?.to_owned();
        Some(Link { path: String::new(), anchor, numbered: true })
    }

    /// A link to a block of a kind in a department's own document of the same edition.
    pub fn link_to(&self, department: &Department, kind: Kind) -> Option<Link> {
        let same = |document: &&DocumentPlan| {
            document.scope == super::plan::Scope::Department
                && document.write
                && document.edition == self.document.edition
        };
        self.plan.documents.iter().filter(same).find_map(|document| {
            let anchor = self.plan.block_of(document, kind)?.to_owned();
            Some(Link { path: super::path(document, self.dataset, &department.name), anchor, numbered: true })
        })
    }

    /// The first of a list as far as the template's limit goes, and what is said of the rest.
    pub fn limited<'l, T>(&self, all: &'l [T], limit: Option<usize>) -> (&'l [T], Option<Block>) {
        let shown = limit.map_or(all.len(), |limit| limit.min(all.len()));
        let more = all.len() - shown;
        let where_ =
            if self.is_public() { "" } else { "各部局の報告と統合.xlsx をご覧ください。" };
        let text = format!("ほかに {more} 件あります。{where_}");
        (all.get(..shown).unwrap_or(all), (more > 0).then(|| Block::Paragraph(Para::small(text))))
    }
}
