//! Summary panels, framed side by side.

use crate::model::report::{Panel, Para};
use crate::pdf::display::{Frame, Item, Role, Shape, Tree};
use crate::pdf::shaped::{Span, Style};
use crate::pdf::text::Line;

use super::Layout;
use super::blocks::stacked;
use super::flow::Slab;

/// More panels than these start a further box.
const SIDE_BY_SIDE: usize = 4;

/// What stands between the counts of a line.
const GAP: char = '　';

impl Layout<'_, '_, '_> {
    /// Framed panels side by side.
    pub(super) fn panels(&mut self, panels: &[Panel]) {
        for row in panels.chunks(SIDE_BY_SIDE) {
            self.panel_box(row);
        }
    }

    fn panel_box(&mut self, panels: &[Panel]) {
        let (area, pad) = (self.flow.area, self.theme.space.panel);
        #[expect(clippy::cast_precision_loss, reason = "at most four")]
        let width = area.width / panels.len() as f32;
        let texts: Vec<Vec<Vec<Line>>> =
            panels.iter().map(|panel| self.panel_paras(panel, width - 2.0 * pad)).collect();
        let tall = |paras: &Vec<Vec<Line>>| paras.iter().map(|lines| super::height(lines)).sum::<f32>();
        let tallest = texts.iter().map(tall).fold(0.0, f32::max);
        let height = tallest + 2.0 * pad;
        if height > area.height() {
            return self.unframed(panels);
        }
        let mut items = Vec::new();
        let mut x = area.left;
        for paras in &texts {
            let node = self.flow.display.tree.add(Tree::ROOT, Role::Division);
            let mut y = pad;
            for lines in paras.iter().filter(|lines| !lines.is_empty()) {
                let paragraph = self.flow.display.tree.add(node, Role::Paragraph);
                let frame = Frame { left: x, top: 0.0, right: x + width, bottom: height };
                let lines_of = stacked(lines, x + pad, y, paragraph);
                items.extend(lines_of.into_iter().map(|item| item.within(frame)));
                y += super::height(lines);
            }
            x += width;
        }
        items.extend(self.frame(panels.len(), width, height));
        let block = self.theme.space.block;
        self.flow.push(Slab { before: block, height, after: block, items, ..Slab::default() });
    }

    /// Label, figure and lines, each broken into lines.
    fn panel_paras(&mut self, panel: &Panel, width: f32) -> Vec<Vec<Line>> {
        let (sizes, colors) = (&self.theme.sizes, &self.theme.color);
        let (line_size, leading) = (sizes.panel_line, sizes.table_leading);
        let label = Style::new(false, sizes.panel_label, colors.muted);
        let figure = Style::new(true, sizes.panel_figure, colors.text);
        let mut paras = vec![
            self.lines(&[(label, panel.label.as_str().into())], width, leading),
            self.lines(&[(figure, panel.figure.as_str().into())], width, 1.3),
        ];
        for para in &panel.lines {
            let spans = self.spans(para, (line_size, line_size));
            let spans = self.broken_at_gaps(spans, width);
            paras.push(self.lines(&spans, width, leading));
        }
        paras
    }

    /// A line of counts, `○順調 2　▼やや遅れ 7`, breaks between them as long as each fits: a mark stays with its word.
    fn broken_at_gaps<'p>(&mut self, spans: Vec<Span<'p>>, width: f32) -> Vec<Span<'p>> {
        let [(style, text)] = spans.as_slice() else { return spans };
        let style = *style;
        let mut broken = String::new();
        let mut line = String::new();
        for part in self.counts(style, text) {
            let longer = if line.is_empty() { part.clone() } else { format!("{line}{GAP}{part}") };
            if line.is_empty() || self.lines(&[(style, longer.as_str().into())], width, 1.0).len() <= 1 {
                line = longer;
            } else {
                broken = broken + &line + "\n";
                line = part;
            }
        }
        vec![(style, (broken + &line).into())]
    }

    /// The counts of a line; one whose mark may not start a line (？ or ・) stays with the one before.
    fn counts(&mut self, style: Style, text: &str) -> Vec<String> {
        let mut counts: Vec<String> = Vec::new();
        for part in text.split(GAP) {
            let shaped = self.shaping.shape(&[(style, part.into())]);
            let tied = shaped.clusters.first().is_some_and(|first| first.not_first);
            match counts.last_mut().filter(|_| tied) {
                Some(last) => last.extend([GAP.to_string().as_str(), part]),
                None => counts.push(part.to_owned()),
            }
        }
        counts
    }

    /// The box around the panels and the lines between them.
    fn frame(&self, count: usize, width: f32, height: f32) -> Vec<Item> {
        let (area, rule, colors) = (self.flow.area, &self.theme.rule, &self.theme.color);
        let (left, right) = (area.left, area.left + area.width);
        let line =
            |from, to| Item::artifact(Shape::Line { from, to, width: rule.strong, color: colors.accent });
        let mut items = vec![
            line((left, 0.0), (right, 0.0)),
            line((left, height), (right, height)),
            line((left, 0.0), (left, height)),
            line((right, 0.0), (right, height)),
        ];
        let inset = self.theme.space.panel;
        let mut x = left;
        for _ in 1..count {
            x += width;
            let shape = Shape::Line {
                from: (x, inset),
                to: (x, height - inset),
                width: rule.thin,
                color: colors.rule,
            };
            items.push(Item::artifact(shape));
        }
        items
    }

    /// Panels too tall for any page: as paragraphs.
    fn unframed(&mut self, panels: &[Panel]) {
        for panel in panels {
            self.paragraph(&Para::strong(format!("{}　{}", panel.label, panel.figure)));
            for line in &panel.lines {
                self.paragraph(line);
            }
        }
    }
}
