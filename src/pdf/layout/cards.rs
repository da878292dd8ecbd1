//! Cards: one indicator each, framed, side by side.

use crate::model::report::{Card, Para};
use crate::pdf::display::{Frame, Item, NodeId, Role, Shape, Tree};
use crate::pdf::shaped::Style;
use crate::pdf::text::Line;

use super::chart::{Drawing, Form};
use super::flow::Slab;
use super::{Layout, height};

/// How many stand side by side at most.
const ACROSS: usize = 2;

/// White between a card's paragraphs, and above its drawing.
const BETWEEN: f32 = 2.0;
const ABOVE_CHART: f32 = 7.0;

/// A card, set in lines.
struct Set<'c> {
    card: &'c Card,
    paras: Vec<Vec<Line>>,
    drawing: Option<Drawing>,
}

impl Set<'_> {
    /// Without the white around it.
    fn height(&self) -> f32 {
        let text: f32 = self.paras.iter().map(|lines| height(lines) + BETWEEN).sum();
        let drawing = self.drawing.as_ref().map_or(0.0, |drawing| drawing.height + ABOVE_CHART);
        text - BETWEEN + drawing
    }
}

impl Layout<'_, '_, '_> {
    /// Framed cards; each row of them stays on one page.
    pub(super) fn cards(&mut self, cards: &[Card]) {
        let look = &self.theme.card;
        let (gap, width) = (look.gap, self.flow.area.width);
        let across = if (width - gap) / 2.0 >= look.least_width { ACROSS } else { 1 };
        let each = if across == 1 { width } else { (width - gap) / 2.0 };
        let rows = cards.chunks(across);
        let count = rows.len();
        for (at, row) in rows.enumerate() {
            let before = if at == 0 { self.theme.space.block } else { gap };
            let after = if at + 1 == count { self.theme.space.block } else { 0.0 };
            self.card_row(row, each, (before, after));
        }
    }

    fn card_row(&mut self, cards: &[Card], width: f32, (before, after): (f32, f32)) {
        let (pad, gap, left) = (self.theme.card.pad, self.theme.card.gap, self.flow.area.left);
        let sets: Vec<Set> = cards.iter().map(|card| self.card_set(card, width - 2.0 * pad)).collect();
        let tall = sets.iter().map(Set::height).fold(0.0, f32::max) + 2.0 * pad;
        if tall > self.flow.area.height() {
            return cards.iter().for_each(|card| self.unframed_card(card));
        }
        let mut items = Vec::new();
        let mut x = left;
        for set in &sets {
            let frame = Frame { left: x, top: 0.0, right: x + width, bottom: tall };
            items.extend(self.card(set, frame));
            x += width + gap;
        }
        self.flow.push(Slab { before, height: tall, after, items, ..Slab::default() });
    }

    fn card_set<'c>(&mut self, card: &'c Card, width: f32) -> Set<'c> {
        let (look, colors) = (&self.theme.card, &self.theme.color);
        let (line, leading) = (look.line, self.theme.sizes.table_leading);
        let title = Style::new(true, look.title, colors.text);
        let note = Style::new(false, look.note, colors.muted);
        let mut paras = vec![
            self.lines(&[(title, card.title.as_str().into())], width, leading),
            self.lines(&[(note, card.note.as_str().into())], width, leading),
        ];
        for para in &card.lines {
            let spans = self.spans(para, (line, self.theme.card.note));
            paras.push(self.lines(&spans, width, leading));
        }
        paras.retain(|lines| !lines.is_empty());
        let drawing = card.chart.as_ref().map(|chart| self.drawing(chart, width, Form::Card));
        Set { card, paras, drawing }
    }

    /// A card in its frame; its drawing stands at the foot.
    fn card(&mut self, set: &Set, frame: Frame) -> Vec<Item> {
        let pad = self.theme.card.pad;
        let node = self.flow.display.tree.add(Tree::ROOT, Role::Division);
        let mut items = self.card_frame(frame);
        let mut y = frame.top + pad;
        for lines in &set.paras {
            let owner = self.flow.display.tree.add(node, Role::Paragraph);
            for line in lines {
                items.push(line.at(frame.left + pad, y, Some(owner)).within(frame));
                y += line.height;
            }
            y += BETWEEN;
        }
        if let (Some(drawing), Some(chart)) = (&set.drawing, &set.card.chart) {
            let role = Role::Figure { alt: chart.alt.clone() };
            let owner: NodeId = self.flow.display.tree.add(node, role);
            items.extend(drawing.at(frame.left + pad, frame.bottom - pad - drawing.height, Some(owner)));
        }
        items
    }

    fn card_frame(&self, frame: Frame) -> Vec<Item> {
        let Frame { left, top, right, bottom } = frame;
        let (width, color) = (self.theme.rule.medium, self.theme.color.accent);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        let sides = corners.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        sides.map(|(from, to)| Item::artifact(Shape::Line { from, to, width, color })).collect()
    }

    /// A card too tall for any page: as paragraphs.
    fn unframed_card(&mut self, card: &Card) {
        self.paragraph(&Para::strong(&card.title));
        self.paragraph(&Para::small(&card.note));
        card.lines.iter().for_each(|line| self.paragraph(line));
        if let Some(chart) = &card.chart {
            self.figure(chart);
        }
    }
}
