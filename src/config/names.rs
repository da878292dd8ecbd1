//! Names in the configuration: which are there, and which are taken.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::raw::{Said, Section, Walk};
use crate::model::organisation::Term;

/// A table's name; that it has none is a problem.
pub(super) fn required_name(walk: &mut Walk<'_>, section: &Section<'_>) -> Option<Said> {
    if !section.table.contains_key("name") {
        walk.missing(section, "name");
    }
    walk.string(section, "name")
}

/// Which names are taken, by whom, for how long and on which line.
#[derive(Default)]
pub(super) struct Claims(BTreeMap<String, Vec<(usize, Term, Said)>>);

impl Claims {
    /// Takes a name for an owner for all times.
    pub fn claim(&mut self, walk: &mut Walk<'_>, what: &str, owner: usize, said: &Said) {
        self.claim_for(walk, what, owner, said, Term::default());
    }

    /// Takes a name for an owner as long as it exists. Spellings that only typography tells apart are one name; they
    /// may stand beside each other under one owner, but the very same text twice is a slip.
    pub fn claim_for(&mut self, walk: &mut Walk<'_>, what: &str, owner: usize, said: &Said, term: Term) {
        let taken = self.0.entry(same(&said.text)).or_default();
        let clash = |(other, theirs, first): &&(usize, Term, Said)| {
            (*other != owner || first.text == said.text) && theirs.overlaps(&term)
        };
        match taken.iter().find(clash) {
            Some((_, theirs, first)) => {
                let line = walk.line(first.offset);
                let cure = if theirs.is_open() && term.is_open() {
                    "どちらか一方を消してください"
                } else {
                    "期間が重なっています。from と to を確かめてください"
                };
                let message = format!("{what}の名前「{}」は{line}行目にもあります。{cure}", said.text);
                walk.problem(said.offset, message);
            }
            None => taken.push((owner, term, said.clone())),
        }
    }

    /// Takes the other spellings of an owner.
    pub fn aliases(
        &mut self,
        walk: &mut Walk<'_>,
        section: &Section<'_>,
        what: &str,
        owner: usize,
        term: Term,
    ) -> Vec<String> {
        let said = walk.strings(section, "aliases");
        for alias in &said {
            self.claim_for(walk, what, owner, alias, term);
        }
        said.into_iter().map(|alias| alias.text).collect()
    }
}

/// How messages call a table by its name: `[[department]]「総務部」`.
pub(super) fn named(key: &str, name: &str) -> String {
    format!("[[{key}]]「{name}」")
}

/// Equal for texts that differ only in width, spaces or case.
pub(super) fn same(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}
