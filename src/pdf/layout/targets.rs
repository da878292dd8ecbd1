//! Where a document's links lead, known before its pages are filled.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::report::{Block, Document, Link, PAGE_NUMBER, Para, Run};
use crate::pdf::Anchors;
use crate::pdf::display::Anchor;
use crate::pdf::shaped::{LinkId, Span, Style};

/// Printed in place of a page's number that is not known.
const NO_NUMBER: &str = "－";

/// The links of a document.
pub(super) struct Targets {
    /// Each once, in order.
    links: Vec<Target>,
    /// Links that lead nowhere, as messages.
    unknown: Vec<String>,
}

/// A link and what is known of its end.
struct Target {
    /// As the document says it; its path is empty for the document itself.
    link: Link,
    /// The page that it leads to, from 1; `None` as long as the pages are not filled.
    page: Option<usize>,
}

impl Targets {
    /// The links of a document, with the pages of other documents' anchors.
    pub fn new(document: &Document, anchors: &Anchors) -> Self {
        let own = own_anchors(document);
        let mut found: BTreeMap<Link, Option<usize>> = BTreeMap::new();
        let mut unknown = BTreeSet::new();
        for (run, link) in runs(document).into_iter().filter_map(|run| Some((run, run.link.as_ref()?))) {
            let link = within(document, link);
            let other = anchors.get(&(link.path.clone(), link.anchor.clone())).copied();
            if (link.path.is_empty() && own.contains(link.anchor.as_str())) || other.is_some() {
                found.insert(link, other);
            } else {
                unknown.insert(nowhere(&link, run));
            }
        }
        let links = found.into_iter().map(|(link, page)| Target { link, page }).collect();
        Self { links, unknown: unknown.into_iter().collect() }
    }

    /// Takes over the pages of the document's own anchors; whether a printed number changes by it.
    pub fn settle(&mut self, anchors: &[Anchor]) -> bool {
        let mut changed = false;
        for target in self.links.iter_mut().filter(|target| target.link.path.is_empty()) {
            let page = anchors.iter().find(|anchor| anchor.name == target.link.anchor);
            let page = page.map(|anchor| anchor.page + 1);
            changed |= target.link.numbered && page != target.page;
            target.page = page;
        }
        changed
    }

    /// The text and style of a run, with its link and the number of its page.
    pub fn set<'r>(&self, document: &Document, run: &'r Run, style: Style) -> Span<'r> {
        let text = Cow::Borrowed(run.text.as_str());
        let Some(link) = &run.link else { return (style, text) };
        let link = within(document, link);
        let id = self.links.binary_search_by(|target| target.link.cmp(&link)).ok();
        let page = id.and_then(|id| self.links.get(id)).and_then(|target| target.page);
        let number = page.map_or_else(|| NO_NUMBER.to_owned(), |page| page.to_string());
        let text = if link.numbered { text.replace(PAGE_NUMBER, &number).into() } else { text };
        (style.with_link(id.map(LinkId)), text)
    }

    /// The links in order: a [`LinkId`] counts here.
    pub fn into_links(self) -> Vec<Link> {
        self.links.into_iter().map(|target| target.link).collect()
    }

    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }
}

/// A link as seen from its document: its own path is left out.
fn within(document: &Document, link: &Link) -> Link {
    let path = if link.path == document.path { String::new() } else { link.path.clone() };
    Link { path, ..link.clone() }
}

fn nowhere(link: &Link, run: &Run) -> String {
    let place = if link.path.is_empty() { String::new() } else { format!("{}の", link.path) };
    let text: String = run.text.chars().take(20).collect();
    format!("「{text}」のリンク先（{place}{}）がありません", link.anchor)
}

fn own_anchors(document: &Document) -> BTreeSet<&str> {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { anchor, .. } => Some(anchor.as_str()),
        _ => None,
    });
    headings.filter(|anchor| !anchor.is_empty()).collect()
}

/// Whether a block's text holds page numbers, which a further pass may change.
pub(super) fn prints_numbers(block: &Block) -> bool {
    let mut runs = paras(block).into_iter().flat_map(|para| &para.runs);
    runs.any(|run| run.link.as_ref().is_some_and(|link| link.numbered))
}

/// All runs of a document.
fn runs(document: &Document) -> Vec<&Run> {
    document.blocks.iter().flat_map(paras).flat_map(|para| &para.runs).collect()
}

fn paras(block: &Block) -> Vec<&Para> {
    match block {
        Block::Paragraph(para) => vec![para],
        Block::Cover(lines) => lines.iter().collect(),
        Block::List(items) => items.iter().map(|item| &item.text).collect(),
        Block::Panels(panels) => panels.iter().flat_map(|panel| &panel.lines).collect(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.paras).collect()
        }
        Block::Cards(cards) => cards.iter().flat_map(|card| &card.lines).collect(),
        Block::Heading { .. } | Block::Figure(_) | Block::Page(_) => Vec::new(),
    }
}
