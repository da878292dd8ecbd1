//! Stages 7 and 8: compose → excel / pdf / export.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::{RunError, Settings};
use crate::compose::{self, Report};
use crate::export::{self, SCHEMA, Snapshot};
use crate::finding::{Code, Draft};
use crate::model::dataset::Dataset;
use crate::pdf::{FontError, Fonts, Rendered};
use crate::publish::OutputFile;
use crate::templates::Templates;
use crate::{excel, pdf};

/// A composed report and its pages.
pub(super) struct Printed {
    report: Report,
    pages: Vec<Rendered>,
}

/// Stages 7 and 8b. What the pages themselves show to be wrong (a character that no font has) becomes a finding, and
/// the pages are set once more with it.
pub(super) fn print(settings: &Settings, dataset: &mut Dataset) -> Result<Printed, RunError> {
    let fonts = fonts(&settings.project.templates)?;
    let first = typeset(settings, dataset, &fonts)?;
    let drafts = page_findings(&first);
    if drafts.is_empty() {
        return Ok(first);
    }
    dataset.findings.extend(drafts.into_iter().map(|draft| settings.project.words.finish(draft)));
    typeset(settings, dataset, &fonts)
}

fn fonts(templates: &Templates) -> Result<Fonts, RunError> {
    let problem = |error: FontError| RunError::Template(vec![error.to_string()]);
    let [regular, bold] = ["fonts/BIZUDGothic-Regular.ttf", "fonts/BIZUDGothic-Bold.ttf"];
    let mut fonts = Fonts::new(templates.shared(regular), templates.shared(bold)).map_err(problem)?;
    let is_font = |name: &&str| {
        Path::new(name).extension().is_some_and(|extension| extension == "ttf")
            && ![regular, bold].contains(name)
    };
    for name in templates.names("fonts/").filter(is_font) {
        fonts = fonts.with_fallback(templates.shared(name)).map_err(problem)?;
    }
    Ok(fonts)
}

fn typeset(settings: &Settings, dataset: &Dataset, fonts: &Fonts) -> Result<Printed, RunError> {
    let report = compose::compose(dataset, &settings.project.vocabulary.eras);
    settings.progress.stage("報告書を作っています", report.documents.len());
    let render = |document| {
        let rendered = pdf::render(document, &settings.project.theme, fonts);
        settings.progress.step(&document.path);
        rendered.map_err(|error| RunError::Compose(format!("{}: {error}", document.path)))
    };
    let pages = report.documents.par_iter().map(render).collect::<Result<Vec<_>, _>>()?;
    Ok(Printed { report, pages })
}

/// Characters without a glyph and texts that left their boxes, each once a document.
fn page_findings(printed: &Printed) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (document, page) in printed.report.documents.iter().zip(&printed.pages) {
        let of = |draft: Draft| draft.of(&document.department, "").with("where", &document.path);
        let characters: BTreeSet<char> = page.missing.iter().map(|missing| missing.character).collect();
        drafts.extend(characters.iter().map(|c| of(Draft::new(Code::GlyphMissing).raw(&c.to_string()))));
        drafts.extend(page.overflow.iter().map(|text| of(Draft::new(Code::LayoutOverflow).raw(text))));
    }
    drafts
}

/// Stage 8: the month's files but manifest and result text.
pub(super) fn files(
    settings: &Settings,
    dataset: &Dataset,
    printed: Printed,
) -> Result<Vec<OutputFile>, RunError> {
    settings.progress.stage("統合ブックとデータを作っています", 1);
    let originals: BTreeMap<String, String> = dataset
        .sources
        .iter()
        .filter(|source| !source.archive.is_empty())
        .map(|source| (source.workbook.clone(), source.archive.clone()))
        .collect();
    let Report { documents, book, errata } = printed.report;
    let mut files = Vec::new();
    for book in std::iter::once(book).chain(errata) {
        let bytes = excel::write(&book, &originals).map_err(|error| RunError::Compose(error.to_string()))?;
        files.push(OutputFile { path: book.path, bytes });
    }
    let pages = documents.into_iter().zip(printed.pages);
    files.extend(pages.map(|(document, rendered)| OutputFile { path: document.path, bytes: rendered.bytes }));
    for (path, bytes) in export::tables(dataset)? {
        files.push(OutputFile { path: path.to_owned(), bytes });
    }
    let templates = ["vocabulary.toml", "theme.toml"];
    let text = |name: &str| (name.to_owned(), settings.project.templates.text(name).to_owned());
    let snapshot = Snapshot {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        dataset: dataset.clone(),
        templates: templates.into_iter().map(text).collect(),
    };
    files.push(OutputFile { path: "data/snapshot.json".to_owned(), bytes: snapshot.to_json()? });
    settings.progress.step("");
    Ok(files)
}
