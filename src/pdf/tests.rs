//! Whole documents, checked in the finished file.
#![allow(
    clippy::expect_used,
    clippy::format_collect,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods,
    clippy::float_cmp,
    reason = "a test that cannot start must stop; tests say aloud what they skip and write to temporary files"
)]

mod drawings;
mod drawn;
mod fallback;
mod figures;
mod file;
mod grey;
mod pages;
mod sample;
mod setting;
mod tables;

use std::path::Path;
use std::sync::LazyLock;

use super::{Anchors, Fonts, Rendered, Theme, render};
use crate::model::report::Document;

pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(fonts);

/// A font file of the templates.
fn font(name: &str) -> Vec<u8> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/fonts"));
    std::fs::read(folder.join(name)).expect("a font")
}

fn fonts() -> Fonts {
    Fonts::new(font("BIZUDGothic-Regular.ttf"), font("BIZUDGothic-Bold.ttf")).expect("fonts")
}

/// The default theme.
pub(super) fn theme() -> Theme {
    Theme::parse(include_str!("../../templates/theme.toml")).expect("default theme")
}

pub(super) fn rendered(document: &Document) -> Rendered {
    kept(render(document, &theme(), &FONTS, &Anchors::new()).expect("a PDF"))
}

/// Keeps a test's file where the one who runs it asks for it.
fn kept(rendered: Rendered) -> Rendered {
    // For people who want to look at the pages.
    if let Some(folder) = std::env::var_os("HOSHIN_PDF_OUT") {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), &rendered.bytes).expect("a file");
    }
    rendered
}
