//! Title, headings, paragraphs and lists.

use crate::model::report::{Document, ListItem, Para};
use crate::pdf::display::{Item, NodeId, Role, Shape, Tree};
use crate::pdf::justify::Limits;
use crate::pdf::shaped::Style;
use crate::pdf::text::{Line, Measure};

use super::flow::{Mark, Slab};
use super::{Layout, height};

/// Labels may take this part of a list's width.
const LABEL_PART: f32 = 0.3;

/// Where a cover's title stands, as a part of the page from its top.
const COVER_TOP: f32 = 0.28;

/// A cover's title in sizes of other titles.
const COVER_TITLE: f32 = 1.4;

impl Layout<'_, '_, '_> {
    /// Title and subtitle at the top of the first page.
    pub(super) fn title(&mut self, document: &Document) {
        let (sizes, colors, space) = (&self.theme.sizes, &self.theme.color, &self.theme.space);
        let title = Style::new(true, sizes.title, colors.accent);
        let subtitle = Style::new(false, sizes.subtitle, colors.muted);
        let (above, below) = (space.title_before, space.title_after);
        self.title_line(title, &document.title, Role::Title, (above, below));
        self.title_line(subtitle, &document.subtitle, Role::Paragraph, (0.0, space.subtitle_after));
    }

    /// A first page with the title and lines below it, in the middle of its upper half.
    pub(super) fn cover(&mut self, document: &Document, lines: &[Para]) {
        let (sizes, colors, space) = (&self.theme.sizes, &self.theme.color, &self.theme.space);
        let (area, leading) = (self.flow.area, sizes.leading);
        let title = Style::new(true, sizes.title * COVER_TITLE, colors.accent);
        let line = Style::new(false, sizes.subtitle, colors.text);
        let after = space.heading_before[0];
        let lines = lines.iter().map(|para| (line, para.text(), Role::Paragraph));
        let all = std::iter::once((title, document.title.clone(), Role::Title)).chain(lines);
        let mut items = Vec::new();
        let mut y = area.height() * COVER_TOP;
        for (style, text, role) in all {
            let lines = self.lines(&[(style, text.into())], area.width, leading);
            if lines.is_empty() {
                continue;
            }
            let node = self.flow.display.tree.add(Tree::ROOT, role);
            for line in &lines {
                items.push(line.at(area.left + (area.width - line.width) / 2.0, y, Some(node)));
                y += line.height;
            }
            y += after;
        }
        self.flow.push(Slab { height: y, items, ..Slab::default() });
        self.page(document.paper);
    }

    fn title_line(&mut self, style: Style, text: &str, role: Role, (above, after): (f32, f32)) {
        let lines = self.lines(&[(style, text.into())], self.flow.area.width, 1.3);
        if lines.is_empty() {
            return;
        }
        let node = self.flow.display.tree.add(Tree::ROOT, role);
        let items = stacked(&lines, self.flow.area.left, above, node);
        self.flow.push(Slab { height: above + height(&lines), after, items, keep: true, ..Slab::default() });
    }

    /// A heading, kept with what follows; level 1 stands on a rule.
    pub(super) fn heading(&mut self, level: u8, text: &str, note: &str, anchor: &str) {
        let level = level.clamp(1, 3);
        let (sizes, space, colors) = (&self.theme.sizes, &self.theme.space, &self.theme.color);
        let pick = |all: &[f32; 3]| all.get(usize::from(level) - 1).copied().unwrap_or_default();
        let (size, before, after) =
            (pick(&sizes.heading), pick(&space.heading_before), pick(&space.heading_after));
        let color = if level == 1 { colors.accent } else { colors.text };
        let (rule, rule_color, distance) = (self.theme.rule.strong, colors.accent, space.heading_rule);
        let mut spans = vec![(Style::new(true, size, color), text.into())];
        if !note.is_empty() {
            spans.push((Style::new(false, sizes.note, colors.muted), format!("　{note}").into()));
        }
        let area = self.flow.area;
        let lines = self.lines(&spans, area.width, 1.35);
        self.level = level.min(self.level + 1);
        let owner = self.flow.display.tree.add(Tree::ROOT, Role::Heading(self.level));
        let mut items = stacked(&lines, area.left, 0.0, owner);
        let mut height = height(&lines);
        if level == 1 {
            height += distance;
            let shape = Shape::Line {
                from: (area.left, height),
                to: (area.left + area.width, height),
                width: rule,
                color: rule_color,
            };
            items.push(Item::artifact(shape));
        }
        let entry = Mark { level: self.level, title: text.to_owned(), anchor: anchor.to_owned() };
        self.flow.push(Slab { before, height, after, items, keep: true, entry: Some(entry) });
    }

    /// A paragraph; its first two and last two lines stay together.
    pub(super) fn paragraph(&mut self, para: &Para) {
        let (lines, before) = (self.body_lines(para, self.flow.area.width), self.theme.space.paragraph);
        if lines.is_empty() {
            return;
        }
        let node = self.flow.display.tree.add(Tree::ROOT, Role::Paragraph);
        let x = self.flow.area.left;
        let slabs = lines.iter().map(|line| slab_of(line, x, node)).collect();
        self.push_lines(slabs, before, false);
    }

    /// A list whose lines hang behind their labels.
    pub(super) fn list(&mut self, items: &[ListItem]) {
        let area = self.flow.area;
        let gap = self.theme.space.list_gap;
        let labels: Vec<Vec<Line>> = items.iter().map(|item| self.label_lines(&item.label)).collect();
        let widest = labels.iter().flatten().map(|line| line.width).fold(0.0, f32::max);
        let hang = widest + gap;
        let list = self.flow.display.tree.add(Tree::ROOT, Role::List);
        let mut all: Vec<Vec<Slab>> = Vec::new();
        for (item, label) in items.iter().zip(&labels) {
            let lines = self.body_lines(&item.text, area.width - hang);
            let tree = &mut self.flow.display.tree;
            let parent = tree.add(list, Role::ListItem);
            let (label_node, body) = (tree.add(parent, Role::Label), tree.add(parent, Role::ListBody));
            let mut slabs: Vec<Slab> =
                lines.iter().map(|line| slab_of(line, area.left + hang, body)).collect();
            hang_label(&mut slabs, label, area.left, label_node);
            all.push(slabs);
        }
        let count = all.len();
        let single: Vec<bool> = all.iter().map(|slabs| slabs.len() == 1).collect();
        let is_single = |at: usize| single.get(at).copied().unwrap_or(false);
        for (at, slabs) in all.into_iter().enumerate() {
            // A single line at either end of the list does not stand alone.
            let keep =
                at + 1 < count && ((at == 0 && is_single(0)) || (at + 2 == count && is_single(at + 1)));
            let before = if at == 0 { self.theme.space.paragraph } else { self.theme.space.list_item };
            self.push_lines(slabs, before, keep);
        }
    }

    fn label_lines(&mut self, label: &str) -> Vec<Line> {
        let style = Style::new(false, self.theme.sizes.body, self.theme.color.text);
        let width = self.flow.area.width * LABEL_PART;
        self.lines(&[(style, label.into())], width, self.theme.sizes.leading)
    }

    /// Text as wide as the page, justified.
    fn body_lines(&mut self, para: &Para, width: f32) -> Vec<Line> {
        let theme = self.theme;
        let (sizes, setting) = (&theme.sizes, &theme.setting);
        let spans = self.spans(para, (sizes.body, sizes.body_small));
        let justify = Some(Limits { white: setting.stretch_white, body: setting.stretch });
        let labels = Some(setting.labels.as_str());
        self.set(&spans, &Measure { width, leading: sizes.leading, labels, justify })
    }

    /// Pushes a paragraph's lines; `keep` ties the last one to what follows.
    fn push_lines(&mut self, slabs: Vec<Slab>, before: f32, keep: bool) {
        let count = slabs.len();
        for (at, mut slab) in slabs.into_iter().enumerate() {
            let last = at + 1 == count;
            slab.before = if at == 0 { before } else { 0.0 };
            slab.after = if last { self.theme.space.list_item } else { 0.0 };
            slab.keep = if last { keep } else { at == 0 || at + 2 == count };
            self.flow.push(slab);
        }
    }
}

/// Lines one below the other, from `top`.
pub(super) fn stacked(lines: &[Line], x: f32, top: f32, owner: NodeId) -> Vec<Item> {
    let mut y = top;
    let mut items = Vec::new();
    for line in lines {
        items.push(line.at(x, y, Some(owner)));
        y += line.height;
    }
    items
}

fn slab_of(line: &Line, x: f32, owner: NodeId) -> Slab {
    Slab { height: line.height, items: vec![line.at(x, 0.0, Some(owner))], ..Slab::default() }
}

/// Puts a label before the first line of its text.
fn hang_label(slabs: &mut Vec<Slab>, label: &[Line], x: f32, owner: NodeId) {
    if label.is_empty() {
        return;
    }
    if slabs.is_empty() {
        slabs.push(Slab::default());
    }
    if let Some(first) = slabs.first_mut() {
        let mut items = stacked(label, x, 0.0, owner);
        items.append(&mut first.items);
        first.items = items;
        first.height = first.height.max(height(label));
    }
}
