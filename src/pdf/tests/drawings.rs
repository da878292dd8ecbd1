//! Drawings, cards, links, papers and wide tables, on the pages and in the file.

use std::collections::BTreeMap;

use lopdf::{Document as Pdf, Object};

use super::{FONTS, drawn, rendered, sample, theme};
use crate::model::report::{Block, Document, Para, Run, Wide};
use crate::pdf::{Anchors, Rendered, render};

/// Where other documents' anchors stand.
fn anchors() -> Anchors {
    BTreeMap::from([(("部局別/福祉部.pdf".to_owned(), "top".to_owned()), 12)])
}

fn with_anchors(document: &Document) -> Rendered {
    let rendered = render(document, &theme(), &FONTS, &anchors()).expect("a PDF");
    if let Some(folder) = std::env::var_os("HOSHIN_PDF_OUT") {
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &rendered.bytes)
            .expect("a file");
    }
    rendered
}

#[test]
fn everything_drawn_is_sound_and_checkers_are_content() {
    let rendered = with_anchors(&drawn::everything());
    assert_eq!(rendered.overflow, Vec::<String>::new());
    super::file::check(&rendered.bytes);
}
