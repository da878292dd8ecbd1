//! Page header and footer.

use crate::model::report::Document;
use crate::pdf::display::Item;
use crate::pdf::shaped::Style;
use crate::pdf::text::Line;

use super::{Layout, height};

impl Layout<'_, '_, '_> {
    /// Puts header and footer on every page, once the number of pages is known.
    pub(super) fn running(&mut self, document: &Document) {
        let count = self.flow.display.pages.len();
        let header = self.pair(&document.running_title, &document.markings.join("　"));
        self.report_tall(&header);
        let area = self.flow.area;
        for page in 0..count {
            let footer = self.pair(&document.footer, &format!("{} / {count}", page + 1));
            let mut above = self.draw_pair(&header, area.header);
            let below = self.draw_pair(&footer, area.footer);
            if let Some(items) = self.flow.display.pages.get_mut(page) {
                above.append(items);
                above.extend(below);
                *items = above;
            }
        }
    }

    /// Left and right text of one line; the right one in bold keeps its width.
    fn pair(&mut self, left: &str, right: &str) -> (Vec<Line>, Vec<Line>) {
        let (sizes, colors) = (&self.theme.sizes, &self.theme.color);
        let muted = Style::new(false, sizes.running, colors.muted);
        let bold = Style::new(true, sizes.running, colors.text);
        let leading = sizes.table_leading;
        let width = self.flow.area.width;
        let right = self.lines(vec![(bold, right.to_owned())], width / 2.0, leading);
        let used = right.iter().map(|line| line.width).fold(0.0, f32::max);
        let left = self.lines(vec![(muted, left.to_owned())], width - used - 2.0 * muted.size(), leading);
        (left, right)
    }

    fn report_tall(&mut self, header: &(Vec<Line>, Vec<Line>)) {
        let allowed = self.flow.area.top - self.flow.area.header;
        if height(&header.0).max(height(&header.1)) > allowed {
            self.overflow.push("ページ上部の見出し文字が長すぎて、本文に重なります".to_owned());
        }
    }

    fn draw_pair(&self, (left, right): &(Vec<Line>, Vec<Line>), top: f32) -> Vec<Item> {
        let area = self.flow.area;
        let mut items = Vec::new();
        for (lines, is_right) in [(left, false), (right, true)] {
            let mut y = top;
            for line in lines {
                let x = if is_right { area.left + area.width - line.width } else { area.left };
                items.push(line.at(x, y, None));
                y += line.height;
            }
        }
        items
    }
}
