//! A document by hand that holds every drawing, cards, links, turned pages and divided tables.

use rust_decimal::Decimal;

use super::sample::{column, document, heading};
use crate::model::chart::{Bar, BarPart, Chart, ChartKind, LineChart, LinePoint};
use crate::model::judgement::Verdict;
use crate::model::report::{
    Align, Block, Card, Cell, Document, HeadCell, Link, PAGE_NUMBER, Paper, PaperSize, Para, Row, Run, Table,
    Wide,
};

/// What is known of a time: actual (`…` is pending), forecast and target, each may be empty.
pub(in crate::pdf) fn line(unit: &str, decimals: u32, points: &[(&str, &str, &str, &str)]) -> Chart {
    let figure = |text: &str| text.parse::<Decimal>().ok();
    let point = |(time, actual, forecast, target): &(&str, &str, &str, &str)| LinePoint {
        time: (*time).to_owned(),
        actual: figure(actual),
        pending: *actual == "…",
        forecast: figure(forecast),
        target: figure(target),
    };
    let points = points.iter().map(point).collect();
    let kind = ChartKind::Line(LineChart { points, unit: unit.to_owned(), decimals });
    Chart { alt: "年度ごとの実績と目標の折れ線".to_owned(), kind }
}

/// An axis from zero, a gap, a forecast and targets.
pub(in crate::pdf) fn rate() -> Chart {
    let points = [
        ("H29", "", "", ""),
        ("H30", "12.7", "", ""),
        ("R1", "13.4", "", ""),
        ("R2", "…", "", "20.0"),
        ("R3", "", "30.5", "40.0"),
        ("R4", "", "", "100"),
    ];
    line("%", 1, &points)
}

/// Losses and gains.
pub(in crate::pdf) fn moves() -> Chart {
    let points = [
        ("H29", "-53", "", ""),
        ("H30", "-219", "", ""),
        ("R1", "193", "", ""),
        ("R2", "-1376", "", "0"),
        ("R3", "", "-800", "0"),
    ];
    line("人", 0, &points)
}

/// Figures so close that the axis cannot start at zero.
pub(in crate::pdf) fn close() -> Chart {
    let points = [
        ("H29", "58.5", "", ""),
        ("H30", "58.9", "", ""),
        ("R1", "56.9", "", ""),
        ("R2", "60.0", "", ""),
        ("R3", "", "", "62.5"),
        ("R4", "", "", "65.0"),
    ];
    line("%", 1, &points)
}

pub(in crate::pdf) fn bar(label: &str, counts: [u32; 5]) -> Bar {
    let part = |(verdict, count): (Verdict, u32)| BarPart {
        label: format!("{} {}", verdict.mark(), verdict.label()),
        count,
        verdict,
    };
    Bar { label: label.to_owned(), parts: Verdict::ALL.into_iter().zip(counts).map(part).collect() }
}

pub(in crate::pdf) fn bars(bars: Vec<Bar>) -> Chart {
    Chart { alt: "判定ごとの数".to_owned(), kind: ChartKind::Bars(bars) }
}

pub(in crate::pdf) fn departments() -> Chart {
    bars(vec![
        bar("総合政策部", [4, 12, 3, 2, 9]),
        bar("福祉部", [1, 6, 0, 1, 1]),
        bar("市民環境部（生活・衛生・斎場をふくむ）", [0, 3, 1, 0, 0]),
        bar("消防本部", [0, 0, 0, 0, 0]),
    ])
}

fn card(title: &str, chart: Option<Chart>) -> Card {
    let lines =
        vec![Para::strong("▼ やや遅れ"), Para::plain("R3目標 40.0%、R2実績は作業中。前年の値で判定しない。")];
    Card { title: title.to_owned(), note: "企画財政課　単位 %".to_owned(), lines, chart }
}

pub(in crate::pdf) fn link(text: &str, path: &str, anchor: &str) -> Run {
    let numbered = text.contains(PAGE_NUMBER);
    let link = Link { path: path.to_owned(), anchor: anchor.to_owned(), numbered };
    Run { text: text.to_owned(), link: Some(Box::new(link)), ..Run::default() }
}

pub(in crate::pdf) fn anchored(text: &str, anchor: &str) -> Block {
    Block::Heading { level: 1, text: text.to_owned(), note: String::new(), anchor: anchor.to_owned() }
}

/// A table of years in groups; `years` columns behind the name.
pub(in crate::pdf) fn years(years: usize, wide: Wide) -> Table {
    let mut columns = vec![column(10, Align::Left)];
    columns.extend((0..years).map(|_| column(5, Align::Right)));
    let mut groups = vec![HeadCell::one("指標", 2)];
    groups.extend((0..years.div_ceil(4)).map(|at| HeadCell {
        text: format!("第{}期の実績", at + 1),
        cols: 4,
        rows: 1,
    }));
    let head = vec![groups, (0..years).map(|at| HeadCell::one(format!("R{at}"), 1)).collect()];
    let row = |name: &str, factor: usize| {
        let mut cells = vec![Cell { header: true, ..Cell::text(name) }];
        cells.extend((0..years).map(|at| Cell::text(format!("△{},{:03}人", at * factor + 1, at))));
        Row { cells }
    };
    let rows = vec![row("社会移動数", 1), row("転入者数", 7), row("転出者数のうち市内に勤める人", 3)];
    let summary = "年度ごとの実績".to_owned();
    Table { summary, columns, head, rows, lead: 1, wide }
}

/// Cells with a drawing.
fn trends() -> Table {
    let columns = vec![column(14, Align::Left), column(8, Align::Left), column(12, Align::Left)];
    let head = vec![["指標", "推移", "判定"].iter().map(|word| HeadCell::one(*word, 1)).collect()];
    let row = |name: &str, chart: Chart| {
        let trend = Cell { chart: Some(Box::new(chart)), ..Cell::paras(Vec::new()) };
        let verdict =
            Cell { chart: Some(Box::new(bars(vec![bar("", [1, 2, 0, 1, 0])]))), ..Cell::text("○ 順調") };
        Row { cells: vec![Cell { header: true, ..Cell::text(name) }, trend, verdict] }
    };
    let rows = vec![
        row("施策評価指標達成率", rate()),
        row("社会移動数 転入・転出の均衡", moves()),
        row("必要な市の情報が入手できていると感じている市民の割合", close()),
        row("年の少ない指標", line("件", 0, &[("R2", "7", "", "")])),
        row("値のない指標", line("件", 0, &[("R1", "", "", ""), ("R2", "…", "", "")])),
    ];
    Table { summary: "推移".to_owned(), columns, head, rows, ..Table::default() }
}

fn contents() -> Block {
    let runs = vec![
        Run::plain("目次　"),
        link("指標の一覧（{頁}ページ）", "", "cards"),
        Run::plain("、"),
        link("横長の表（{頁}ページ）", "", "wide"),
        Run::plain("。部局の報告は"),
        link("総合政策部（{頁}ページ）。長い題でも行をまたいで続くリンクの文字", "部局別/福祉部.pdf", "top"),
        Run::plain("を見る。"),
    ];
    Block::Paragraph(Para { runs, small: false })
}

/// Everything that is drawn.
pub(in crate::pdf) fn everything() -> Document {
    let landscape = Paper { size: PaperSize::A3, landscape: true };
    let upright = Paper { size: PaperSize::A4, landscape: false };
    document(vec![
        contents(),
        heading(1, "1　判定の内訳", ""),
        Block::Figure(departments()),
        Block::Figure(rate()),
        Block::Figure(close()),
        Block::Figure(moves()),
        anchored("2　指標の一覧", "cards"),
        Block::Cards(vec![
            card("施策評価指標達成率", Some(rate())),
            card("社会移動数（転入・転出の均衡をめざすもので、題は長くなることがある）", Some(moves())),
            card("市民の割合", Some(close())),
            card("図のない指標", None),
            card("最後の指標", Some(bars(vec![bar("", [1, 2, 0, 0, 1])]))),
        ]),
        heading(1, "3　推移", ""),
        Block::Table(trends()),
        heading(1, "4　分けた表", ""),
        Block::Table(years(16, Wide::Split)),
        anchored("5　横長の表", "wide"),
        Block::Table(years(14, Wide::Turn)),
        Block::Paragraph(Para::plain("もとの向きに戻る。")),
        Block::Page(Some(landscape)),
        heading(1, "6　大きな紙", ""),
        Block::Table(years(16, Wide::Split)),
        Block::Page(Some(upright)),
        Block::Paragraph(Para::plain("終わり。")),
    ])
}
