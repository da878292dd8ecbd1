//! A document → the display list.

mod blocks;
mod cards;
mod chart;
mod columns;
mod figures;
mod flow;
mod head;
mod links;
mod measured;
mod panels;
mod running;
mod table;
mod targets;
mod turning;
mod wide;

use crate::model::report::{Block, Document, Para};

use super::Anchors;
use super::display::Display;
use super::shape::Shaping;
use super::shaped::{Span, Style};
use super::text::{Line, Measure, fill};
use super::theme::Theme;
use flow::Flow;
use measured::Measured;
use targets::Targets;

/// Page numbers that links print move what follows; they settle within so many passes, or it is reported.
const PASSES: usize = 3;

/// The pages of a document, and what does not fit its box or leads nowhere.
pub(super) fn lay_out(
    document: &Document,
    theme: &Theme,
    shaping: &mut Shaping,
    anchors: &Anchors,
) -> (Display, Vec<String>) {
    let mut targets = Targets::new(document, anchors);
    let mut measured = Measured::default();
    let mut pass = 1;
    loop {
        let (mut display, mut overflow) = fill_pages(document, theme, (shaping, &mut measured), &targets);
        let changed = targets.settle(&display.anchors);
        if changed && pass < PASSES {
            pass += 1;
            measured.keep(|at| !document.blocks.get(at).is_some_and(targets::prints_numbers));
            continue;
        }
        if changed {
            overflow.push("リンクに添えたページ番号が定まりません".to_owned());
        }
        overflow.extend_from_slice(targets.unknown());
        display.targets = targets.into_links();
        display.path.clone_from(&document.path);
        return (display, overflow);
    }
}

fn fill_pages(
    document: &Document,
    theme: &Theme,
    (shaping, measured): (&mut Shaping, &mut Measured),
    targets: &Targets,
) -> (Display, Vec<String>) {
    let flow = Flow::new(theme, theme.sheet(document.paper));
    let (overflow, level, upright) = (Vec::new(), 0, None);
    let mut layout = Layout { document, theme, shaping, measured, targets, flow, overflow, level, upright };
    match document.blocks.first() {
        Some(Block::Cover(lines)) => layout.cover(document, lines),
        _ => layout.title(document),
    }
    for (at, block) in document.blocks.iter().enumerate() {
        layout.turn(at);
        match block {
            Block::Heading { level, text, note, anchor } => layout.heading(*level, text, note, anchor),
            Block::Paragraph(para) => layout.paragraph(para),
            Block::List(items) => layout.list(items),
            Block::Panels(panels) => layout.panels(panels),
            Block::Table(table) => layout.table(at, table),
            Block::Figure(chart) => layout.figure(chart),
            Block::Cards(cards) => layout.cards(cards),
            Block::Page(paper) => layout.page(*paper),
            // Drawn in place of the title; further below there is none.
            Block::Cover(_) => {}
        }
    }
    layout.flow.settle(0.0, 0.0);
    layout.running();
    let mut display = layout.flow.display;
    links::attach(&mut display, theme);
    (display, layout.overflow)
}

/// A document while its pages are filled.
struct Layout<'t, 's, 'f> {
    document: &'t Document,
    theme: &'t Theme,
    shaping: &'s mut Shaping<'f>,
    measured: &'s mut Measured,
    targets: &'t Targets,
    flow: Flow,
    /// What does not fit its box, as messages.
    overflow: Vec<String>,
    /// The structure level of the last heading: readers want no level left out.
    level: u8,
    /// The sheet to return to, while a table stands on turned pages.
    upright: Option<(f32, f32)>,
}

impl Layout<'_, '_, '_> {
    /// Sets text in ragged lines of a width.
    fn lines(&mut self, spans: &[Span], width: f32, leading: f32) -> Vec<Line> {
        self.set(spans, &Measure::plain(width, leading))
    }

    /// Sets text in lines; a line that is wider than its measure all the same is reported.
    fn set(&mut self, spans: &[Span], measure: &Measure) -> Vec<Line> {
        let shaped = self.shaping.shape(spans);
        let lines = fill(&shaped, measure);
        if lines.iter().any(|line| line.indent + line.width > measure.width + 0.1) {
            let text: String = shaped.text.chars().take(20).collect();
            self.overflow.push(format!("「{text}」が枠の幅に収まりません"));
        }
        lines
    }

    /// A paragraph's runs in their styles; `sizes` are those of plain and small paragraphs.
    fn spans<'p>(&self, para: &'p Para, sizes: (f32, f32)) -> Vec<Span<'p>> {
        let size = if para.small { sizes.1 } else { sizes.0 };
        let runs = para.runs.iter().filter(|run| !run.text.is_empty());
        let colors = &self.theme.color;
        runs.map(|run| {
            let color = if run.muted || run.unit { colors.muted } else { colors.text };
            let style = if run.unit {
                Style::new(run.strong, size * self.theme.setting.unit, color).unit()
            } else {
                Style::new(run.strong, size, color)
            };
            self.targets.set(self.document, run, style)
        })
        .collect()
    }
}

/// The height of lines set one below the other.
fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.height).sum()
}
