//! A document → the display list.

mod blocks;
mod columns;
mod figures;
mod flow;
mod head;
mod panels;
mod running;
mod table;

use crate::model::report::{Block, Document, Para};

use super::display::Display;
use super::shape::Shaping;
use super::shaped::{Span, Style};
use super::text::{Line, Measure, fill};
use super::theme::Theme;
use flow::Flow;

/// The pages of a document, and what lies outside its box.
pub(super) fn lay_out(document: &Document, theme: &Theme, shaping: &mut Shaping) -> (Display, Vec<String>) {
    let mut layout = Layout { theme, shaping, flow: Flow::new(theme), overflow: Vec::new(), level: 0 };
    layout.title(document);
    for block in &document.blocks {
        match block {
            Block::Heading { level, text, note, .. } => layout.heading(*level, text, note),
            Block::Paragraph(para) => layout.paragraph(para),
            Block::List(items) => layout.list(items),
            Block::Panels(panels) => layout.panels(panels),
            Block::Table(table) => layout.table(table),
            Block::Figure(chart) => layout.paragraph(&Para::plain(&chart.alt)),
            Block::Cards(cards) => layout.cards(cards),
            Block::Page(_) => layout.page(),
            Block::Cover(lines) => layout.cover(lines),
        }
    }
    layout.flow.settle(0.0, 0.0);
    let strays = layout.flow.strays();
    layout.overflow.extend(strays);
    layout.running(document);
    (layout.flow.display, layout.overflow)
}

/// A document while its pages are filled.
struct Layout<'t, 's, 'f> {
    theme: &'t Theme,
    shaping: &'s mut Shaping<'f>,
    flow: Flow,
    /// What does not fit its box, as messages.
    overflow: Vec<String>,
    /// The structure level of the last heading: readers want no level left out.
    level: u8,
}

impl Layout<'_, '_, '_> {
    /// Sets text in ragged lines of a width.
    fn lines(&mut self, spans: Vec<Span>, width: f32, leading: f32) -> Vec<Line> {
        self.set(spans, &Measure::plain(width, leading))
    }

    /// Sets text in lines; a line that is wider than its measure all the same is reported.
    fn set(&mut self, spans: Vec<Span>, measure: &Measure) -> Vec<Line> {
        let shaped = self.shaping.shape(spans);
        let lines = fill(&shaped, measure);
        if lines.iter().any(|line| line.indent + line.width > measure.width + 0.1) {
            let text: String = shaped.text.chars().take(20).collect();
            self.overflow.push(format!("「{text}」が枠の幅に収まりません"));
        }
        lines
    }

    /// A paragraph's runs in their styles; `sizes` are those of plain and small paragraphs.
    fn spans(&self, para: &Para, sizes: (f32, f32)) -> Vec<Span> {
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
            (style, run.text.clone())
        })
        .collect()
    }
}

/// The height of lines set one below the other.
fn height(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.height).sum()
}
