//! Workbooks of many shapes and any size, the same at each run.

use std::fmt::{self, Debug};

use hoshin::model::place::CellRef;
use hoshin::model::sheet::{Cell, Format, Grid, Merge, Sheet, Value, Workbook};
use rust_decimal::Decimal;

/// A sheet's shape, to be filled with so many cells.
#[derive(Clone, Copy)]
pub enum Shape {
    /// Statistics: a year in each row.
    Statistics,
    /// Indicators with targets and actuals of eight years.
    Indicators,
    /// One figure a row, all of different indicators.
    LongList,
    /// One figure a row, all of one indicator.
    OneName,
    /// As many columns as rows.
    Square,
    /// Indicators across, years down.
    Across,
    /// A title and a header above every six rows.
    Pages,
    /// Names and units merged over two rows each.
    Merged,
    /// Texts in one column.
    Texts,
}

pub const SHAPES: [Shape; 9] = [
    Shape::Statistics,
    Shape::Indicators,
    Shape::LongList,
    Shape::OneName,
    Shape::Square,
    Shape::Across,
    Shape::Pages,
    Shape::Merged,
    Shape::Texts,
];

impl Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Statistics => "statistics",
            Self::Indicators => "indicators",
            Self::LongList => "long list",
            Self::OneName => "one name",
            Self::Square => "square",
            Self::Across => "across",
            Self::Pages => "pages",
            Self::Merged => "merged",
            Self::Texts => "texts",
        })
    }
}

impl Shape {
    /// A workbook with one sheet of about so many cells.
    pub fn workbook(self, cells: u32) -> Workbook {
        let mut pen = Pen { cells: Vec::new(), merges: Vec::new(), row: 0, seed: 7 };
        match self {
            Self::Statistics => pen.statistics(cells),
            Self::Indicators => pen.indicators(cells),
            Self::LongList => pen.list(cells, |row| format!("指標{}の件数", row / 6)),
            Self::OneName => pen.list(cells, |_| "利用者数".to_owned()),
            Self::Square => pen.square(cells.isqrt()),
            Self::Across => pen.across(cells / 12),
            Self::Pages => pen.pages(cells / 40),
            Self::Merged => pen.merged(cells / 6),
            Self::Texts => {
                (0..cells).for_each(|n| pen.row(vec![format!("これは{n}番目の文章です。").into()]));
            }
        }
        let grid = Grid::new(pen.cells, pen.merges);
        let sheet = Sheet { name: "集計".into(), hidden: false, grid };
        let (path, sheets) = ("集計.xlsx".into(), vec![sheet]);
        Workbook { path, format: Format::Xlsx, sheets, modified: None, limits: Vec::new() }
    }
}

/// What a cell is to hold; nothing for an empty text.
enum Ink {
    Text(String),
    Number(Decimal),
}

impl From<&str> for Ink {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Ink {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Writes row by row.
struct Pen {
    cells: Vec<(CellRef, Cell)>,
    merges: Vec<Merge>,
    row: u32,
    seed: u64,
}

impl Pen {
    fn number(&mut self) -> Ink {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let units = i64::try_from(self.seed >> 40).unwrap_or_default();
        Ink::Number(Decimal::new(units % 100_000, u32::from(units % 2 == 0)))
    }

    fn numbers(&mut self, count: u32) -> Vec<Ink> {
        (0..count).map(|_| self.number()).collect()
    }

    fn row(&mut self, inks: Vec<Ink>) {
        for (col, ink) in (0..).zip(inks) {
            let (value, text) = match ink {
                Ink::Text(text) => (Value::Text(text.as_str().into()), text),
                Ink::Number(number) => (Value::Number(number), number.to_string()),
            };
            if !text.is_empty() {
                let cell = Cell {
                    value,
                    text: text.into(),
                    format: "".into(),
                    struck: false,
                    ink: hoshin::model::sheet::Ink::Plain,
                    formula: false,
                    external: false,
                    comment: None,
                };
                self.cells.push((CellRef::new(self.row, col), cell));
            }
        }
        self.row += 1;
    }

    fn statistics(&mut self, cells: u32) {
        self.row(vec!["統計表　人口の推移".into()]);
        self.row(std::iter::once("年次".into()).chain((1..10).map(|n| format!("項目{n}").into())).collect());
        for row in 0..cells / 10 {
            let mut inks = vec![format!("平成{}年", row % 30 + 1).into()];
            inks.extend(self.numbers(9));
            self.row(inks);
        }
    }

    fn indicators(&mut self, cells: u32) {
        self.row(vec!["成果指標の一覧".into()]);
        let years = (26..34).flat_map(|year| ["目標", "実績"].map(|kind| format!("H{year}{kind}").into()));
        self.row(["指標名", "単位"].map(Ink::from).into_iter().chain(years).collect());
        for row in 0..cells / 18 {
            let mut inks = vec![format!("指標{row}の件数").into(), "件".into()];
            inks.extend(self.numbers(16));
            self.row(inks);
        }
    }

    fn list(&mut self, cells: u32, name: impl Fn(u32) -> String) {
        self.row(vec!["指標の一覧".into()]);
        self.row(["所属", "指標名", "年度", "区分", "数値", "単位"].map(Ink::from).into());
        for row in 0..cells / 6 {
            let kind = if row % 2 == 0 { "目標" } else { "実績" };
            let year = format!("令和{}年度", row / 2 % 3 + 1);
            let number = self.number();
            self.row(vec!["企画課".into(), name(row).into(), year.into(), kind.into(), number, "件".into()]);
        }
    }

    fn square(&mut self, width: u32) {
        self.row(
            std::iter::once("年度".into()).chain((1..width).map(|n| format!("地区{n}").into())).collect(),
        );
        for row in 1..width {
            let mut inks = vec![format!("令和{}年度", row % 4 + 1).into()];
            inks.extend(self.numbers(width - 1));
            self.row(inks);
        }
    }

    fn across(&mut self, width: u32) {
        self.row(vec!["成果指標の推移".into()]);
        self.row(
            std::iter::once("指標名".into()).chain((0..width).map(|n| format!("指標{n}").into())).collect(),
        );
        self.row(std::iter::once("単位".into()).chain((0..width).map(|_| "件".into())).collect());
        for year in 21..31 {
            let mut inks = vec![format!("平成{year}年度実績").into()];
            inks.extend(self.numbers(width));
            self.row(inks);
        }
    }

    fn pages(&mut self, pages: u32) {
        for page in 0..pages {
            self.row(vec![format!("第{page}章　指標").into()]);
            self.row(["指標名", "単位", "令和2年度実績", "令和3年度目標", "備考"].map(Ink::from).into());
            for row in 0..6 {
                let mut inks = vec![format!("指標{page}-{row}").into(), "件".into()];
                inks.extend(self.numbers(2));
                inks.push("速報".into());
                self.row(inks);
            }
            self.row += 2;
        }
    }

    fn merged(&mut self, pairs: u32) {
        self.row(["指標名", "単位", "令和2年度実績", "令和3年度目標"].map(Ink::from).into());
        for pair in 0..pairs {
            let top = self.row;
            let mut inks = vec![format!("指標{pair}").into(), "件".into()];
            inks.extend(self.numbers(2));
            self.row(inks);
            let mut inks = vec!["".into(), "".into()];
            inks.extend(self.numbers(2));
            self.row(inks);
            let merge = |col| Merge { start: CellRef::new(top, col), end: CellRef::new(top + 1, col) };
            self.merges.extend([0, 1].map(merge));
        }
    }
}
