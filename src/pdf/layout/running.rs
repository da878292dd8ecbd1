//! Page header and footer.

use crate::pdf::display::{Frame, Item};
use crate::pdf::shaped::Style;
use crate::pdf::text::Line;
use crate::pdf::theme::Area;

use super::{Layout, height};

/// A line left and right, broken where it is too long.
type Pair = (Vec<Line>, Vec<Line>);

impl Layout<'_, '_, '_> {
    /// Puts header and footer on every page, once the number of pages is known.
    pub(super) fn running(&mut self) {
        let count = self.flow.display.pages.len();
        let mut header: Option<(f32, Pair)> = None;
        for page in 0..count {
            let Some(area) = self.flow.display.pages.get(page).map(|page| page.area) else { continue };
            let above = match &header {
                Some((width, pair)) if (*width - area.width).abs() < 0.01 => {
                    Self::draw_pair(pair, area, area.header)
                }
                _ => {
                    let pair = self.header(area);
                    let items = Self::draw_pair(&pair, area, area.header);
                    header = Some((area.width, pair));
                    items
                }
            };
            let footer = self.pair(&self.document.footer, &format!("{} / {count}", page + 1), area.width);
            let below = Self::draw_pair(&footer, area, area.footer);
            if let Some(page) = self.flow.display.pages.get_mut(page) {
                page.items.splice(0..0, above);
                page.items.extend(below);
            }
        }
    }

    /// The page header; lines that would cover the text are left out, and reported.
    fn header(&mut self, area: Area) -> Pair {
        let markings = self.document.markings.join("　");
        let mut pair = self.pair(&self.document.running_title, &markings, area.width);
        let allowed = area.top - area.header;
        let mut cut = false;
        for lines in [&mut pair.0, &mut pair.1] {
            while lines.len() > 1 && height(lines) > allowed {
                lines.pop();
                cut = true;
            }
        }
        let message = "ページ上部の見出し文字が長すぎて、入りきらない行を省きました";
        if cut && !self.overflow.iter().any(|told| told == message) {
            self.overflow.push(message.to_owned());
        }
        pair
    }

    /// Left and right text of one line; the right one in bold keeps its width.
    fn pair(&mut self, left: &str, right: &str, width: f32) -> Pair {
        let (sizes, colors) = (&self.theme.sizes, &self.theme.color);
        let muted = Style::new(false, sizes.running, colors.muted);
        let bold = Style::new(true, sizes.running, colors.text);
        let leading = sizes.table_leading;
        let right = self.lines(&[(bold, right.into())], width / 2.0, leading);
        let used = right.iter().map(|line| line.width).fold(0.0, f32::max);
        let left = self.lines(&[(muted, left.into())], width - used - 2.0 * muted.size(), leading);
        (left, right)
    }

    fn draw_pair((left, right): &Pair, area: Area, top: f32) -> Vec<Item> {
        let mut items = Vec::new();
        for (lines, is_right) in [(left, false), (right, true)] {
            let edge = area.left + area.width;
            let frame = Frame { left: area.left, top, right: edge, bottom: top + height(lines) };
            let mut y = top;
            for line in lines {
                let x = if is_right { edge - line.width } else { area.left };
                items.push(line.at(x, y, None).within(frame));
                y += line.height;
            }
        }
        items
    }
}
