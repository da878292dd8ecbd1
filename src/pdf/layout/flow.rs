//! Slabs, one below the other, over pages.

use crate::pdf::display::{Anchor, Display, Entry, Frame, Item, Page, Shape, Tree};
use crate::pdf::theme::{Area, Theme};

/// What no page break divides: a line of text, a heading, a table row.
#[derive(Default)]
pub(super) struct Slab {
    /// White above it, but at the top of a page.
    pub before: f32,
    pub height: f32,
    /// White below it.
    pub after: f32,
    /// What it draws; positions count from its upper edge.
    pub items: Vec<Item>,
    /// It stays on the page of the next slab.
    pub keep: bool,
    /// For headings.
    pub entry: Option<Mark>,
}

/// A heading's place in the outline.
pub(super) struct Mark {
    pub level: u8,
    pub title: String,
    /// The name by which links find it; may be empty.
    pub anchor: String,
}

/// Fills pages from top to bottom.
pub(super) struct Flow {
    pub area: Area,
    pub sheet: (f32, f32),
    pub display: Display,
    /// Where the next slab starts.
    y: f32,
    /// White that the last slab asks for below it.
    after: f32,
    /// Nothing stands on the page yet.
    fresh: bool,
    /// Slabs that wait for the one that they stay with.
    waiting: Vec<Slab>,
}

impl Flow {
    pub fn new(theme: &Theme, sheet: (f32, f32)) -> Self {
        let area = theme.area_of(sheet);
        let pages = vec![Page::new(sheet, area)];
        let display = Display {
            path: String::new(),
            pages,
            tree: Tree::new(),
            outline: Vec::new(),
            anchors: Vec::new(),
            targets: Vec::new(),
        };
        Self { area, sheet, display, y: area.top, after: 0.0, fresh: true, waiting: Vec::new() }
    }

    /// Goes on upon sheets of another size.
    pub fn turn_to(&mut self, sheet: (f32, f32), theme: &Theme) {
        if sheet == self.sheet {
            return;
        }
        self.settle(0.0, 0.0);
        self.new_page();
        (self.sheet, self.area) = (sheet, theme.area_of(sheet));
        self.y = self.area.top;
        if let Some(page) = self.display.pages.last_mut() {
            *page = Page::new(self.sheet, self.area);
        }
    }

    /// Adds a slab; it is placed once the slab that it stays with is known.
    pub fn push(&mut self, slab: Slab) {
        let keep = slab.keep;
        self.waiting.push(slab);
        if !keep {
            self.settle(0.0, 0.0);
        }
    }

    /// Places the waiting slabs so that `height` points fit below them on the same page, `before` points apart.
    pub fn settle(&mut self, before: f32, height: f32) {
        let waiting = std::mem::take(&mut self.waiting);
        let mut needed = 0.0;
        let mut after = self.after;
        for slab in &waiting {
            needed += after.max(slab.before) + slab.height;
            after = slab.after;
        }
        needed += if height > 0.0 { after.max(before) + height } else { 0.0 };
        if needed > self.room() {
            self.new_page();
        }
        for slab in waiting {
            if self.gap(slab.before) + slab.height > self.room() {
                self.new_page();
            }
            self.place(slab);
        }
    }

    /// Places a slab here, whether it fits or not.
    pub fn place(&mut self, slab: Slab) {
        self.y += self.gap(slab.before);
        if let Some(Mark { level, title, anchor }) = slab.entry {
            let page = self.display.pages.len() - 1;
            self.display.outline.push(Entry { level, title, page, y: self.y });
            if !anchor.is_empty() {
                self.display.anchors.push(Anchor { name: anchor, page, y: self.y });
            }
        }
        let y = self.y;
        self.draw(slab.items.into_iter().map(|item| item.lowered(y)));
        self.y += slab.height;
        self.after = slab.after;
        self.fresh = false;
    }

    /// Draws at absolute positions of the page; text without a box must stay within the page's area.
    pub fn draw(&mut self, items: impl IntoIterator<Item = Item>) {
        let Area { left, width, top, bottom, .. } = self.area;
        let whole = Frame { left, top, right: left + width, bottom };
        let bound = |mut item: Item| {
            let text = matches!(item.shape, Shape::Text { .. });
            item.frame = item.frame.or(text.then_some(whole));
            item
        };
        if let Some(page) = self.display.pages.last_mut() {
            page.items.extend(items.into_iter().map(bound));
        }
    }

    /// Starts a page, unless this one is empty.
    pub fn new_page(&mut self) {
        if !self.fresh {
            self.display.pages.push(Page::new(self.sheet, self.area));
            self.y = self.area.top;
            self.after = 0.0;
            self.fresh = true;
        }
    }

    /// White above the next slab.
    fn gap(&self, before: f32) -> f32 {
        if self.fresh { 0.0 } else { self.after.max(before) }
    }

    /// Points left on this page.
    pub fn room(&self) -> f32 {
        self.area.bottom - self.y + 0.01
    }

    /// Where the next slab starts.
    pub fn y(&self) -> f32 {
        self.y
    }
}
