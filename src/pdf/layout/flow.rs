//! Slabs, one below the other, over pages.

use crate::pdf::display::{Display, Entry, Item, Shape, Tree};
use crate::pdf::text::drawn_width;
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
    /// For headings: level and words.
    pub entry: Option<(u8, String)>,
}

/// Fills pages from top to bottom.
pub(super) struct Flow {
    pub area: Area,
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
    pub fn new(theme: &Theme) -> Self {
        let (width, height) = theme.paper();
        let display =
            Display { width, height, pages: vec![Vec::new()], tree: Tree::new(), outline: Vec::new() };
        let area = theme.area();
        Self { area, display, y: area.top, after: 0.0, fresh: true, waiting: Vec::new() }
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
        if let Some((level, title)) = slab.entry {
            let page = self.display.pages.len() - 1;
            self.display.outline.push(Entry { level, title, page, y: self.y });
        }
        let y = self.y;
        self.draw(slab.items.into_iter().map(|item| item.lowered(y)));
        self.y += slab.height;
        self.after = slab.after;
        self.fresh = false;
    }

    /// Draws at absolute positions of the page.
    pub fn draw(&mut self, items: impl IntoIterator<Item = Item>) {
        if let Some(page) = self.display.pages.last_mut() {
            page.extend(items);
        }
    }

    /// Starts a page, unless this one is empty.
    pub fn new_page(&mut self) {
        if !self.fresh {
            self.display.pages.push(Vec::new());
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

    /// What stands outside its page's text area, as messages.
    pub fn strays(&self) -> Vec<String> {
        let mut all = Vec::new();
        for (page, items) in self.display.pages.iter().enumerate() {
            let texts = items.iter().filter_map(|item| match &item.shape {
                Shape::Text { x, y, shaped, first, end, spread } => {
                    Some((*x, *y, shaped, *first..*end, *spread))
                }
                _ => None,
            });
            for (x, y, shaped, range, spread) in texts {
                let right = x + drawn_width(shaped, range, spread);
                let inside = x >= self.area.left - 0.1
                    && right <= self.area.left + self.area.width + 0.1
                    && y >= self.area.top - 0.1
                    && y <= self.area.bottom + 0.1;
                if !inside {
                    let text: String = shaped.text.chars().take(20).collect();
                    all.push(format!("{}ページ: 「{text}」が紙面の枠からはみ出しています", page + 1));
                }
            }
        }
        all
    }
}
