//! `report.toml` → [`Plan`]: all problems at once, each with its line and what would be right.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::{BlockPlan, DocumentPlan, Edition, Kind, Plan, Scope};
use crate::compose::desk::PLACEHOLDERS;
use crate::config::{Problem, Walk, nearest, shape};
use crate::templates::Templates;

/// Reads a city's report.toml over the built-in one: a document or a block of the same name takes the place of the
/// built-in one, others are added.
fn parse(builtin: &str, own: &str) -> Result<Plan, Vec<Problem>> {
    let mut plan: Plan = shape::read(builtin)?;
    if own != builtin {
        let over: Plan = shape::read(own)?;
        for document in over.documents {
            match plan.documents.iter_mut().find(|known| known.name == document.name) {
                Some(known) => *known = document,
                None => plan.documents.push(document),
            }
        }
        plan.blocks.extend(over.blocks);
    }
    let problems = Review::of(&plan, own);
    if problems.is_empty() { Ok(plan) } else { Err(problems) }
}

/// What the shape of the file does not say: names that must exist, keys that mean nothing to a kind, what the council
/// must not see, texts with unknown placeholders.
struct Review<'p, 't> {
    plan: &'p Plan,
    walk: Walk<'t>,
}

impl<'p, 't> Review<'p, 't> {
    fn of(plan: &'p Plan, text: &'t str) -> Vec<Problem> {
        let (walk, document) = Walk::new(text);
        let mut review = Review { plan, walk };
        let root = document.get_ref();
        for (name, table) in tables(root, "block") {
            if let Some(block) = plan.blocks.get(name) {
                review.block(name, block, table);
            }
        }
        let mut paths = BTreeSet::new();
        for document in plan.documents.iter().filter(|document| document.write) {
            if !paths.insert(&document.path) {
                review.document_problem(
                    root,
                    document,
                    "path",
                    "ほかの帳票と同じ path です。別の場所にしてください",
                );
            }
        }
        for document in &plan.documents {
            review.document(root, document);
        }
        review.walk.finish()
    }

    fn block(&mut self, name: &str, block: &BlockPlan, table: &DeTable<'_>) {
        let known: Vec<&str> = block.kind.keys().collect();
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let message = format!(
                "[block.{name}] の種類では「{}」は使えません。使えるのは {} です",
                key.get_ref(),
                known.join("、")
            );
            self.walk.problem(key.span().start, message);
        }
        let fields = block.kind.fields();
        let items = table.get("columns").and_then(|value| value.get_ref().as_array());
        for (column, item) in block.columns.iter().zip(items.into_iter().flat_map(|items| items.iter())) {
            if !fields.iter().any(|(field, _)| *field == column.field) {
                let words: Vec<String> = fields.iter().map(|(field, _)| field.word()).collect();
                let message = format!(
                    "[block.{name}] の columns に「{}」は使えません。使えるのは {} です",
                    column.field.word(),
                    words.join("、")
                );
                self.walk.problem(item.span().start, message);
            }
        }
        let children = [("content", &block.content), ("at_indicators", &block.at_indicators)];
        for (key, names) in children.into_iter().chain([("at_initiatives", &block.at_initiatives)]) {
            self.names(&format!("[block.{name}] の {key}"), names, table, key);
        }
        if self.reached(&inner(block)).iter().any(|(other, _)| *other == name) {
            let message = format!(
                "[block.{name}] が、めぐりめぐって自分自身を含んでいます。輪にならないようにしてください"
            );
            let place =
                ["content", "at_indicators", "at_initiatives"].into_iter().find_map(|key| table.get(key));
            self.walk.problem(place.map_or(0, |value| value.span().start), message);
        }
        for key in ["title", "note", "empty", "text"] {
            self.placeholders(&format!("[block.{name}] の {key}"), table, key, None);
        }
    }

    /// Names of blocks that do not exist.
    fn names(&mut self, place: &str, names: &[String], table: &DeTable<'_>, key: &str) {
        let Some(value) = table.get(key) else { return };
        let items = value.get_ref().as_array();
        for (name, item) in names.iter().zip(items.into_iter().flat_map(|items| items.iter())) {
            if self.plan.blocks.contains_key(name) {
                continue;
            }
            let cure = match nearest(name, self.plan.blocks.keys().map(String::as_str)) {
                Some(near) => format!("「{near}」の書き誤りではありませんか"),
                None => format!("[block.{name}] を書くか、名前を消してください"),
            };
            let message = format!("{place} の「{name}」というブロックはありません。{cure}");
            self.walk.problem(item.span().start, message);
        }
    }

    /// Texts in braces that stand for nothing.
    fn placeholders(&mut self, place: &str, table: &DeTable<'_>, key: &str, scope: Option<Scope>) {
        let Some(value) = table.get(key) else { return };
        let texts: Vec<&str> = match value.get_ref() {
            DeValue::String(text) => vec![text.as_ref()],
            DeValue::Array(items) => items.iter().filter_map(|item| item.get_ref().as_str()).collect(),
            _ => Vec::new(),
        };
        for text in texts {
            for word in text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(word, _)| word)
            {
                let city = scope == Some(Scope::City) && ["部", "課"].contains(&word);
                let known = if key == "path" { &["部"] } else { PLACEHOLDERS };
                if known.contains(&word) && !city {
                    continue;
                }
                let known: Vec<String> = known.iter().map(|word| format!("{{{word}}}")).collect();
                let message =
                    format!("{place} の {{{word}}} は使えません。使えるのは {} です", known.join(" "));
                self.walk.problem(value.span().start, message);
            }
        }
    }

    fn document(&mut self, root: &DeTable<'_>, document: &DocumentPlan) {
        let Some(table) = written(root, document) else { return };
        let place = format!("[[document]]「{}」", document.name);
        self.names(&format!("{place} の content"), &document.content, table, "content");
        for key in ["path", "title", "subtitle", "running", "footer", "marking"] {
            self.placeholders(&format!("{place} の {key}"), table, key, Some(document.scope));
        }
        let path = std::path::Path::new(&document.path);
        let safe = path.extension().is_some_and(|end| end == "pdf")
            && path.components().all(|part| matches!(part, std::path::Component::Normal(_)))
            && !document.path.contains(['\\', ':']);
        if !safe {
            let message = "path は「部局別/{部}.pdf」のように、フォルダーと .pdf の名前で書いてください";
            self.document_problem(root, document, "path", message);
        }
        if document.scope == Scope::Department && !document.path.contains("{部}") {
            let message = "部ごとの帳票の path には {部} を入れてください（入れないと互いに上書きします）";
            self.document_problem(root, document, "path", message);
        }
        if document.edition == Edition::Council {
            self.council(root, document);
        }
    }

    /// Blocks that are not for the council; columns that are not are left out of its tables.
    fn council(&mut self, root: &DeTable<'_>, document: &DocumentPlan) {
        for (name, block) in self.reached(&document.content) {
            if !block.kind.is_public() {
                let message = format!(
                    "ブロック「{name}」には庁内だけの内容が入ります。議会の版の content から外してください"
                );
                self.document_problem(root, document, "content", &message);
            }
        }
    }

    /// The blocks that a list of names prints, those inside others too.
    fn reached(&self, names: &[String]) -> Vec<(&'p str, &'p BlockPlan)> {
        let mut open: Vec<String> = names.to_vec();
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        while let Some(name) = open.pop() {
            if let Some((known, block)) = self.plan.blocks.get_key_value(&name)
                && seen.insert(name)
            {
                open.extend(inner(block));
                all.push((known.as_str(), block));
            }
        }
        all
    }

    fn document_problem(&mut self, root: &DeTable<'_>, document: &DocumentPlan, key: &str, message: &str) {
        let place = written(root, document).and_then(|table| table.get(key));
        let offset = place.map_or(0, |value| value.span().start);
        self.walk.problem(offset, format!("[[document]]「{}」 の {message}", document.name));
    }
}

/// The named tables below a key.
fn tables<'d>(root: &'d DeTable<'d>, key: &str) -> Vec<(&'d str, &'d DeTable<'d>)> {
    let all = root.get(key).and_then(|value| value.get_ref().as_table());
    let named = all.into_iter().flat_map(|all| all.iter());
    named.filter_map(|(name, value)| Some((name.get_ref().as_ref(), value.get_ref().as_table()?))).collect()
}

/// Where a document stands in the text; `None` for a built-in one.
fn written<'d>(root: &'d DeTable<'d>, document: &DocumentPlan) -> Option<&'d DeTable<'d>> {
    let all = root.get("document")?.get_ref().as_array()?;
    let tables = all.iter().filter_map(|item| item.get_ref().as_table());
    tables.into_iter().find(|table| {
        table.get("name").and_then(|name| name.get_ref().as_str()) == Some(document.name.as_str())
    })
}

/// The names of the blocks that stand inside a block.
fn inner(block: &BlockPlan) -> Vec<String> {
    block.content.iter().chain(&block.at_indicators).chain(&block.at_initiatives).cloned().collect()
}

fn told(Problem { line, message }: Problem) -> String {
    format!("templates/report.toml の{line}行目: {message}")
}

impl Plan {
    /// Reads a city's report.toml; what it does not say stays as built in. The problems are sentences in Japanese with
    /// file and line.
    pub fn parse(own: &str) -> Result<Self, Vec<String>> {
        parse(Templates::embedded().text("report.toml"), own)
            .map_err(|problems| problems.into_iter().map(told).collect())
    }

    /// Documents that name a look which the theme does not have, told as [`Plan::parse`] tells its problems.
    pub fn unknown_looks(&self, own: &str, looks: &[&str]) -> Vec<String> {
        let (walk, root) = Walk::new(own);
        let unknown = self
            .documents
            .iter()
            .filter(|document| !document.look.is_empty() && !looks.contains(&document.look.as_str()));
        let problem = |document: &DocumentPlan| {
            let place = written(root.get_ref(), document).and_then(|table| table.get("look"));
            let line = walk.line(place.map_or(0, |value| value.span().start));
            let (name, look) = (&document.name, &document.look);
            let message = format!(
                "[[document]]「{name}」 の look の「{look}」は theme.toml にありません。[look.\"{look}\"] を書くか、look を消してください"
            );
            told(Problem { line, message })
        };
        unknown.map(problem).collect()
    }

    /// The first block of a kind that a document shows, by name.
    pub(in crate::compose) fn block_of(&self, document: &DocumentPlan, kind: Kind) -> Option<&str> {
        let mut names = document.content.clone();
        let mut at = 0;
        while let Some((name, block)) = names.get(at).and_then(|name| self.blocks.get_key_value(name)) {
            if block.kind == kind {
                return Some(name);
            }
            let fresh: Vec<String> = inner(block).into_iter().filter(|name| !names.contains(name)).collect();
            names.extend(fresh);
            at += 1;
        }
        None
    }
}
