//! Stages 7 and 8: compose → excel / pdf / export. [`print`] serves `run`, [`reprint`] serves `render`: what a month's
//! folder holds comes from its snapshot alone in both.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use rayon::prelude::*;
use serde::Serialize;

use super::{RunError, Settings};
use crate::compose::returns::Return;
use crate::compose::{Composer, Plan};
use crate::console::Progress;
use crate::discover::sha256;
use crate::export::{self, SCHEMA, Snapshot};
use crate::finding::{Code, Draft};
use crate::model::book::Book;
use crate::model::dataset::Dataset;
use crate::model::fiscal::Eras;
use crate::model::organisation::Department;
use crate::model::report::Document;
use crate::normalise::Vocabulary;
use crate::pdf::{Anchors, FontError, Fonts, PdfError, Rendered, Theme};
use crate::publish::{About, Cache, Key, OutputFile, SNAPSHOT, result_text};
use crate::templates::{Templates, is_font};
use crate::{excel, mail, pdf};

/// What documents are made with besides the dataset; all of it comes from the templates.
struct Press<'a> {
    plan: &'a Plan,
    theme: &'a Theme,
    eras: &'a Eras,
    fonts: Fonts,
    progress: &'a Progress,
    /// Pages of the last run, and all that pages rest on but their documents.
    kept: Option<(&'a Cache, Vec<u8>)>,
}

/// The month's files as far as they come from its dataset alone, and what their making has shown.
struct Printed {
    files: Vec<OutputFile>,
    drafts: Vec<Draft>,
}

/// A document's pages.
struct Pages {
    file: OutputFile,
    department: String,
    /// What else their making has shown; the bytes are in the file.
    rendered: Rendered,
}

/// Stages 7 and 8. What the pages themselves show to be wrong (a character that no font has) becomes a finding, and
/// the pages are set once more with it.
pub(super) fn print(settings: &Settings, dataset: &mut Dataset) -> Result<Vec<OutputFile>, RunError> {
    let project = &settings.project;
    let (theme, eras) = (&project.theme, &project.vocabulary.eras);
    let fonts = fonts(&project.templates)?;
    let kept = settings.cache.as_ref().map(|cache| (cache, look(&project.templates)));
    let press = Press { plan: &project.plan, theme, eras, fonts, progress: &settings.progress, kept };
    let mut printed = press.print(&snapshot(dataset, &project.templates))?;
    if !printed.drafts.is_empty() {
        dataset.findings.extend(printed.drafts.into_iter().map(|draft| project.words.finish(draft)));
        printed = press.print(&snapshot(dataset, &project.templates))?;
    }
    Ok(printed.files)
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
    let press = Press { plan: &plan, theme: &theme, eras: &vocabulary.eras, fonts, progress, kept: None };
    Ok(press.print(snapshot)?.files)
}

/// The month with all that its pages rest on.
fn snapshot<'a>(dataset: &'a Dataset, templates: &Templates) -> Snapshot<&'a Dataset> {
    Snapshot {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        dataset,
        templates: templates.printing(),
        fonts: templates.own_fonts().map(|(name, bytes)| (name.to_owned(), BASE64.encode(bytes))).collect(),
    }
}

/// What pages rest on besides their documents: the theme and the city's own fonts.
fn look(templates: &Templates) -> Vec<u8> {
    let fonts = templates.own_fonts().map(|(name, bytes)| format!("{name} {}", sha256(bytes)));
    std::iter::once(templates.text("theme.toml").to_owned())
        .chain(fonts)
        .collect::<Vec<_>>()
        .join("\n")
        .into()
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
fn page_findings(pages: &Pages) -> Vec<Draft> {
    let Pages { file, department, rendered } = pages;
    let of = |draft: Draft| draft.of(department, "").with("where", &file.path);
    let missing: BTreeSet<(bool, &str)> =
        rendered.missing.iter().map(|missing| (missing.variant, missing.text.as_str())).collect();
    let code = |variant| if variant { Code::GlyphVariant } else { Code::GlyphMissing };
    let missing = missing.into_iter().map(|(variant, text)| of(Draft::new(code(variant)).raw(text)));
    let overflow = rendered.overflow.iter().map(|text| of(Draft::new(Code::LayoutOverflow).raw(text)));
    missing.chain(overflow).collect()
}

/// Where the input that each workbook was read from is kept, relative to the reports folder.
fn originals(dataset: &Dataset) -> BTreeMap<String, String> {
    dataset
        .sources
        .iter()
        // Where an unreadable workbook has one of its own path stand in for it, figures lead to that one.
        .chain(&dataset.carried_sources)
        .filter(|source| !source.archive.is_empty())
        .map(|source| (source.workbook.clone(), source.archive.clone()))
        .collect()
}

impl Press<'_> {
    /// Stages 7 and 8: the month's files but the manifest, those that take longest beside one another.
    fn print<D: Borrow<Dataset> + Serialize + Sync>(
        &self,
        snapshot: &Snapshot<D>,
    ) -> Result<Printed, RunError> {
        let dataset = snapshot.dataset.borrow();
        let composer = Composer::new(dataset, self.eras, self.plan);
        self.progress.stage("報告書を作っています", composer.count() + 1);
        let originals = originals(dataset);
        let returns = || return_files(composer.returns(), &originals);
        let snapshot = || Ok::<_, RunError>(OutputFile::new(SNAPSHOT, snapshot.to_json()?));
        let (books, rest) = rayon::join(
            || self.books(&composer, &originals),
            || {
                let departments = self.departments(&composer)?;
                let data = || rayon::join(snapshot, || rayon::join(returns, || tables(dataset)));
                let (pages, data) = rayon::join(|| self.with_city(&composer, departments), data);
                Ok::<_, RunError>((pages?, data))
            },
        );
        let (mut files, (pages, (snapshot, (returns, tables)))) = (books?, rest?);
        let drafts = pages.iter().flat_map(page_findings).collect();
        files.extend(pages.into_iter().map(|one| one.file).chain(returns?).chain(tables?));
        files.push(snapshot?);
        let page = result_text(dataset, &files);
        files.push(OutputFile::new("実行結果.txt", page.into_bytes()));
        Ok(Printed { files, drafts })
    }

    /// Stage 8a: the workbooks that are read, one at a time.
    fn books(
        &self,
        composer: &Composer<'_>,
        originals: &BTreeMap<String, String>,
    ) -> Result<Vec<OutputFile>, RunError> {
        let write = |book: Book| -> Result<OutputFile, RunError> {
            let file = book_file(book, originals)?;
            self.progress.step(&file.path);
            Ok(file)
        };
        let first = write(composer.book())?;
        let errata = composer.errata().map(write).transpose()?;
        Ok(std::iter::once(first).chain(errata).collect())
    }

    /// Stage 8b: the departments' documents in the template's order, each of them for all in 建制順.
    fn departments(&self, composer: &Composer<'_>) -> Result<Vec<Pages>, RunError> {
        let none = Anchors::new();
        let one = |department: &&Department| self.render(composer.of_department(department), &none);
        let departments: Vec<Vec<Pages>> =
            composer.departments().par_iter().map(one).collect::<Result<_, _>>()?;
        let mut pages = Vec::new();
        let mut departments: Vec<_> = departments.into_iter().map(Vec::into_iter).collect();
        // Each department's first document, then each one's second.
        loop {
            let next: Vec<Pages> = departments.iter_mut().filter_map(Iterator::next).collect();
            if next.is_empty() {
                return Ok(pages);
            }
            pages.extend(next);
        }
    }

    /// The city's documents after the departments', to whose pages they lead.
    fn with_city(&self, composer: &Composer<'_>, mut pages: Vec<Pages>) -> Result<Vec<Pages>, RunError> {
        let mut anchors = Anchors::new();
        for Pages { file, rendered, .. } in &pages {
            let stands = |(anchor, page): &(String, usize)| ((file.path.clone(), anchor.clone()), *page);
            anchors.extend(rendered.anchors.iter().map(stands));
        }
        let headings = anchors.keys().cloned().collect();
        pages.extend(self.render(composer.of_city(&headings), &anchors)?);
        Ok(pages)
    }

    fn render(&self, documents: Vec<Document>, anchors: &Anchors) -> Result<Vec<Pages>, RunError> {
        let render = |document: Document| {
            let rendered = self.pages(&document, anchors);
            self.progress.step(&document.path);
            let Document { path, department, .. } = document;
            match rendered {
                Ok(mut rendered) => {
                    let file = OutputFile::new(path, std::mem::take(&mut rendered.bytes));
                    Ok(Pages { file, department, rendered })
                }
                Err(error) => Err(RunError::Compose(format!("{path}: {error}"))),
            }
        };
        documents.into_par_iter().map(render).collect()
    }

    /// A document's pages, those of the last run where it is the same document.
    fn pages(&self, document: &Document, anchors: &Anchors) -> Result<Rendered, PdfError> {
        let render = || pdf::render(document, self.theme, &self.fonts, anchors);
        let Some((cache, look)) = &self.kept else { return render() };
        // Plain structs of texts and numbers always have a JSON form.
        let said = serde_json::to_vec(&(document, anchors.iter().collect::<Vec<_>>())).unwrap_or_default();
        let key = Key::new(About::Pages, &[look, &said]);
        if let Some(rendered) = cache.get(&key).as_deref().and_then(Rendered::from_kept) {
            tracing::info!(what = document.path, "at hand");
            return Ok(rendered);
        }
        let rendered = render()?;
        cache.put(&key, &rendered.to_kept());
        Ok(rendered)
    }
}

/// A workbook as a file of the month.
fn book_file(book: Book, originals: &BTreeMap<String, String>) -> Result<OutputFile, RunError> {
    let path = book.path.clone();
    let bytes = excel::write(book, originals).map_err(|error| RunError::Compose(error.to_string()))?;
    Ok(OutputFile::new(path, bytes))
}

/// Each return sheet, and the letter with the sheet in it.
fn return_files(
    returns: Vec<Return>,
    originals: &BTreeMap<String, String>,
) -> Result<Vec<OutputFile>, RunError> {
    let mut files = Vec::new();
    for Return { book, letter } in returns {
        let sheet = book_file(book, originals)?;
        let mail =
            mail::write(&letter, &sheet.bytes).map_err(|error| RunError::Compose(error.to_string()))?;
        files.push(sheet);
        files.push(OutputFile::new(letter.path, mail));
    }
    Ok(files)
}

/// The tables that other programs read.
fn tables(dataset: &Dataset) -> Result<Vec<OutputFile>, RunError> {
    let tables = export::tables(dataset)?.into_iter();
    Ok(tables.map(|(path, bytes)| OutputFile::new(path, bytes)).collect())
}
