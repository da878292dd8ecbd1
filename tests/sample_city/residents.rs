//! 市民課: a unit column, full-width numerals, bounds, a second table in thousands of yen.

use super::pen::{BLANK, Book, Day, ERA, ERA_LONG, Edits, Num, Pen, Text};

const WHOLE: &str = "#,##0";
const ONE: &str = "0.0";

pub fn book(edits: &Edits) -> Book {
    let mut book = Book::new("ＭＳ Ｐゴシック", 11.0, 0x00E2_EFDA, "市民課", (2021, 5, 21), edits);
    let mut pen = book.sheet("指標", &[6.0, 34.0, 14.0, 14.0, 14.0, 14.0, 14.0, 14.0, 26.0], true);
    pen.title("A1:I1", "令和３年度　指標管理シート");
    pen.cell("A2", "所属");
    pen.cell("B2", "市民環境部　市民課");
    indicators(&mut pen);
    fees(&mut pen);
    let mut pen = book.sheet("取組進捗", &[6.0, 26.0, 32.0, 12.0, 10.0, 18.0, 36.0], true);
    initiatives(&mut pen);
    book
}

fn indicators(pen: &mut Pen<'_>) {
    pen.head(&[
        ("A4", "番号"),
        ("B4", "指標名"),
        ("C4", "単位"),
        ("D4", "平成30年度\n実績"),
        ("E4", "令和元年度\n実績"),
        ("F4", "令和２年度\n実績"),
        ("G4", "令和３年度\n目標"),
        ("H4", "令和４年度\n目標"),
        ("I4", "備考"),
    ]);
    pen.height("A4", 33.0);
    let rows = [
        [
            Text("マイナンバーカードの交付率"),
            Text("％"),
            Text("１０．８"),
            Text("１４．９"),
            Num(24.3, ONE),
            Num(40.0, ONE),
            Text("75以上"),
            BLANK,
        ],
        [
            Text("窓口の平均待ち時間"),
            Text("分"),
            Num(18.0, WHOLE),
            Num(17.0, WHOLE),
            Text("集計中"),
            Text("15以下"),
            Text("15以下"),
            Text("繁忙期（３・４月）を除く"),
        ],
        [
            Text("証明書コンビニ交付の件数"),
            Text("件"),
            Num(4215.0, WHOLE),
            Num(6840.0, WHOLE),
            Num(9120.0, WHOLE),
            Num(10000.0, WHOLE),
            Text("約12,000"),
            BLANK,
        ],
        [
            Text("出張申請サポートの実施回数"),
            Text("回"),
            Text("−"),
            Num(6.0, WHOLE),
            Num(12.0, WHOLE),
            Num(24.0, WHOLE),
            Num(24.0, WHOLE),
            Text("令和元年度から実施"),
        ],
        [
            Text("窓口アンケート満足度の前年度差"),
            Text("ポイント"),
            Text("▲1.2"),
            Num(0.8, ONE),
            Text("▲ 0.5"),
            Num(1.0, ONE),
            Num(1.0, ONE),
            BLANK,
        ],
        [
            Text("休日窓口の利用者数"),
            Text("人"),
            Text("２８１"),
            Num(295.0, WHOLE),
            Text("約300"),
            Num(320.0, WHOLE),
            Num(350.0, WHOLE),
            BLANK,
        ],
    ];
    for ((row, number), entries) in (5..).zip([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).zip(&rows) {
        pen.count(&format!("A{row}"), number);
        pen.row(&format!("B{row}"), entries);
        pen.height(&format!("A{row}"), 21.0);
    }
}

fn fees(pen: &mut Pen<'_>) {
    pen.heading("A12:B12", "手数料収入の状況");
    pen.line("E12", "（単位：千円）");
    pen.head(&[
        ("A13:B13", "項目"),
        ("C13", "令和元年度\n決算"),
        ("D13", "令和２年度\n決算見込"),
        ("E13", "令和３年度\n当初予算"),
    ]);
    pen.height("A13", 33.0);
    let money = "#,##0;\"▲\"#,##0";
    let rows = [
        ("証明手数料", [Num(18456.0, money), Num(16890.0, money), Num(17500.0, money)]),
        ("閲覧手数料", [Num(312.0, money), Num(298.0, money), Num(300.0, money)]),
        ("前年度からの増減額", [Text("▲1,204"), Num(-1580.0, money), Num(612.0, money)]),
    ];
    for (row, (name, figures)) in (14..).zip(&rows) {
        pen.cell(&format!("A{row}:B{row}"), name);
        pen.row(&format!("C{row}"), figures);
    }
}

fn initiatives(pen: &mut Pen<'_>) {
    pen.title("A1:G1", "令和３年度　取組進捗管理表");
    pen.line("A2:B2", "課名：市民課");
    let heads = ["№", "細事業名", "取組項目", "進捗状況", "進捗率", "完了予定", "コメント"];
    for (letter, head) in ["A", "B", "C", "D", "E", "F", "G"].iter().zip(heads) {
        pen.head(&[(&format!("{letter}4"), head)]);
    }
    pen.count("A5:A7", 1.0);
    pen.cell("B5:B7", "窓口サービス改善事業");
    pen.count("A8:A9", 2.0);
    pen.cell("B8:B9", "マイナンバーカード交付推進事業");
    let year_end = || Day(2022, 3, 31, ERA);
    let rows = [
        [
            Text("窓口業務の一部委託の検討"),
            Text("順調"),
            Num(0.3, "0%"),
            year_end(),
            Text("近隣市の事例を調査している"),
        ],
        [
            Text("証明書コンビニ交付の利用促進"),
            Text("順調"),
            Num(0.5, "0%"),
            year_end(),
            Text("広報６月号で周知する"),
        ],
        [
            Text("おくやみ窓口の開設準備"),
            Text("やや遅れ"),
            Num(0.1, "0%"),
            Day(2021, 10, 1, ERA_LONG),
            Text("関係課との調整に時間を要している"),
        ],
        [Text("出張申請サポートの実施"), Text("順調"), Num(0.25, "0%"), year_end(), BLANK],
        [
            Text("休日交付窓口の拡充"),
            Text("完了"),
            Num(1.0, "0%"),
            Day(2021, 5, 9, ERA),
            Text("５月から月２回に増やした"),
        ],
    ];
    for (row, entries) in (5..).zip(&rows) {
        pen.row(&format!("C{row}"), entries);
        pen.height(&format!("A{row}"), 24.0);
    }
}
