//! Stages 7 and 8: compose → excel / pdf / export. [`print`] serves `run`, [`reprint`] serves `render`: what a month's
//! folder holds comes from its snapshot alone in both.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rayon::prelude::*;

use super::{RunError, Settings};
use crate::compose::returns::Return;
use crate::compose::{self, Plan, Report};
use crate::console::Progress;
use crate::export::{self, SCHEMA, Snapshot};
use crate::finding::{Code, Draft};
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::report::Document;
use crate::normalise::Vocabulary;
use crate::pdf::{Anchors, FontError, Fonts, Rendered, Theme};
use crate::publish::{OutputFile, SNAPSHOT, result_text};
use crate::templates::{Templates, is_font};
use crate::{excel, mail, pdf};

/// What documents are made with besides the dataset; all of it comes from the templates.
struct Press<'a> {
    plan: &'a Plan,
    theme: &'a Theme,
    eras: &'a Eras,
    fonts: Fonts,
    progress: &'a Progress,
}

/// A composed report and its pages.
struct Printed {
    report: Report,
    pages: Vec<Rendered>,
}

/// Stages 7 and 8. What the pages themselves show to be wrong (a character that no font has) becomes a finding, and
/// the pages are set once more with it.
pub(super) fn print(settings: &Settings, dataset: &mut Dataset) -> Result<Vec<OutputFile>, RunError> {
    let project = &settings.project;
    let (theme, eras) = (&project.theme, &project.vocabulary.eras);
    let fonts = fonts(&project.templates)?;
    let press = Press { plan: &project.plan, theme, eras, fonts, progress: &settings.progress };
    let mut printed = press.typeset(dataset)?;
    let drafts = page_findings(&printed);
    if !drafts.is_empty() {
        dataset.findings.extend(drafts.into_iter().map(|draft| project.words.finish(draft)));
        printed = press.typeset(dataset)?;
    }
    press.files(printed, &snapshot(dataset, &project.templates))
}

/// The files of a month's folder but `manifest.json`, from its snapshot alone: the bytes of the run that wrote it.
pub fn reprint(snapshot: &Snapshot, progress: &Progress) -> Result<Vec<OutputFile>, RunError> {
    let own = |(name, text): (&String, &String)| match BASE64.decode(text) {
        Ok(bytes) => Ok((name.clone(), bytes)),
        Err(_) => Err(format!("{name} の内容が壊れています")),
    };
    let own = snapshot.fonts.iter().map(own).collect::<Result<Vec<_>, _>>();
    let own = own.map_err(|problem| RunError::Template(vec![problem]))?;
    let templates = Templates::restored(&snapshot.templates, own);
    let theme = Theme::parse(templates.text("theme.toml")).map_err(RunError::Template)?;
    let plan = Plan::parse(templates.text("report.toml")).map_err(RunError::Template)?;
    let vocabulary = Vocabulary::in_force(templates.text("vocabulary.toml"))
        .map_err(|errors| RunError::Template(errors.iter().map(ToString::to_string).collect()))?;
    let fonts = fonts(&templates)?;
    let press = Press { plan: &plan, theme: &theme, eras: &vocabulary.eras, fonts, progress };
    press.files(press.typeset(&snapshot.dataset)?, snapshot)
}

/// The month with all that its pages rest on.
fn snapshot(dataset: &Dataset, templates: &Templates) -> Snapshot {
    Snapshot {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        dataset: dataset.clone(),
        templates: templates.printing(),
        fonts: templates.own_fonts().map(|(name, bytes)| (name.to_owned(), BASE64.encode(bytes))).collect(),
    }
}

fn fonts(templates: &Templates) -> Result<Fonts, RunError> {
    let problem = |error: FontError| RunError::Template(vec![error.to_string()]);
    let [regular, bold] = ["fonts/BIZUDGothic-Regular.ttf", "fonts/BIZUDGothic-Bold.ttf"];
    let mut fonts = Fonts::new(templates.shared(regular), templates.shared(bold)).map_err(problem)?;
    let fallback = |name: &&str| is_font(name) && ![regular, bold].contains(name);
    for name in templates.names("fonts/").filter(fallback) {
        fonts = fonts.with_fallback(templates.shared(name)).map_err(problem)?;
    }
    Ok(fonts)
}

/// Characters without a glyph and texts that left their boxes, each once a document.
fn page_findings(printed: &Printed) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (document, page) in printed.report.documents.iter().zip(&printed.pages) {
        let of = |draft: Draft| draft.of(&document.department, "").with("where", &document.path);
        let missing: BTreeSet<(bool, &str)> =
            page.missing.iter().map(|missing| (missing.variant, missing.text.as_str())).collect();
        let code = |variant| if variant { Code::GlyphVariant } else { Code::GlyphMissing };
        drafts.extend(missing.into_iter().map(|(variant, text)| of(Draft::new(code(variant)).raw(text))));
        drafts.extend(page.overflow.iter().map(|text| of(Draft::new(Code::LayoutOverflow).raw(text))));
    }
    drafts
}

impl Press<'_> {
    /// Stages 7 and 8b.
    fn typeset(&self, dataset: &Dataset) -> Result<Printed, RunError> {
        let report = compose::compose(dataset, self.eras, self.plan);
        self.progress.stage("報告書を作っています", report.documents.len());
        // The city's documents lead to pages of the departments': those are set first.
        let own = report.documents.iter().take_while(|document| !document.department.is_empty()).count();
        let (departments, city) = report.documents.split_at(own);
        let mut pages = self.render(departments, &Anchors::new())?;
        let mut anchors = Anchors::new();
        for (document, rendered) in departments.iter().zip(&pages) {
            let own = rendered.anchors.iter();
            anchors.extend(own.map(|(anchor, page)| ((document.path.clone(), anchor.clone()), *page)));
        }
        pages.extend(self.render(city, &anchors)?);
        Ok(Printed { report, pages })
    }

    fn render(&self, documents: &[Document], anchors: &Anchors) -> Result<Vec<Rendered>, RunError> {
        let render = |document: &Document| {
            let rendered = pdf::render(document, self.theme, &self.fonts, anchors);
            self.progress.step(&document.path);
            rendered.map_err(|error| RunError::Compose(format!("{}: {error}", document.path)))
        };
        documents.par_iter().map(render).collect()
    }

    /// Stage 8: the month's files but the manifest.
    fn files(&self, printed: Printed, snapshot: &Snapshot) -> Result<Vec<OutputFile>, RunError> {
        let dataset = &snapshot.dataset;
        self.progress.stage("統合ブックとデータを作っています", 1);
        let originals: BTreeMap<String, String> = dataset
            .sources
            .iter()
            // Where an unreadable workbook has one of its own path stand in for it, figures lead to that one.
            .chain(&dataset.carried_sources)
            .filter(|source| !source.archive.is_empty())
            .map(|source| (source.workbook.clone(), source.archive.clone()))
            .collect();
        let Report { documents, book, returns, errata } = printed.report;
        let mut files = Vec::new();
        for book in std::iter::once(book).chain(errata) {
            let path = book.path.clone();
            let bytes =
                excel::write(book, &originals).map_err(|error| RunError::Compose(error.to_string()))?;
            files.push(OutputFile { path, bytes });
        }
        let pages = documents.into_iter().zip(printed.pages);
        files.extend(
            pages.map(|(document, rendered)| OutputFile { path: document.path, bytes: rendered.bytes }),
        );
        files.extend(return_files(returns, &originals)?);
        for (path, bytes) in export::tables(dataset)? {
            files.push(OutputFile { path: path.to_owned(), bytes });
        }
        files.push(OutputFile { path: SNAPSHOT.to_owned(), bytes: snapshot.to_json()? });
        let page = result_text(dataset, &files);
        files.push(OutputFile { path: "実行結果.txt".to_owned(), bytes: page.into_bytes() });
        self.progress.step("");
        Ok(files)
    }
}

/// Each return sheet, and the letter with the sheet in it.
fn return_files(
    returns: Vec<Return>,
    originals: &BTreeMap<String, String>,
) -> Result<Vec<OutputFile>, RunError> {
    let mut files = Vec::new();
    for Return { book, letter } in returns {
        let path = book.path.clone();
        let sheet = excel::write(book, originals).map_err(|error| RunError::Compose(error.to_string()))?;
        let mail = mail::write(&letter, &sheet).map_err(|error| RunError::Compose(error.to_string()))?;
        files.push(OutputFile { path, bytes: sheet });
        files.push(OutputFile { path: letter.path, bytes: mail });
    }
    Ok(files)
}
