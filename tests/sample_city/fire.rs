//! 消防本部: a sheet for each division, its name in the title; 目標 and 実績 below each year.

use super::pen::{BLANK, Book, Edits, Entry, Num, Pen, Text};

const ONE: &str = "0.0";
const WHOLE: &str = "#,##0";
const RATE: &str = "0.0%";
const WIDTHS: [f64; 8] = [34.0, 8.0, 12.0, 14.0, 12.0, 14.0, 12.0, 14.0];

pub fn book(edits: &Edits) -> Book {
    let mut book = Book::new("ＭＳ Ｐゴシック", 11.0, 0x00F8_CBAD, "消防本部", (2021, 5, 17), edits);
    let mut pen = book.sheet("警防課", &WIDTHS, true);
    rescue(&mut pen);
    let mut pen = book.sheet("予防課", &WIDTHS, true);
    prevention(&mut pen);
    book
}

fn rescue(pen: &mut Pen<'_>) {
    let one = |value: f64| Num(value, ONE);
    let whole = |value: f64| Num(value, WHOLE);
    let rows: [[Entry; 8]; 4] = [
        [
            Text("救急車の現場到着平均時間"),
            Text("分"),
            one(8.0),
            one(8.3),
            one(8.0),
            one(8.6),
            one(8.2),
            BLANK,
        ],
        [
            Text("普通救命講習の修了者数"),
            Text("人"),
            whole(1200.0),
            whole(1145.0),
            whole(1200.0),
            whole(312.0),
            whole(800.0),
            BLANK,
        ],
        [Text("消防団員の充足率"), Text("％"), one(95.0), one(92.8), one(95.0), one(91.5), one(95.0), BLANK],
        [
            Text("応急手当の実施率"),
            Text("％"),
            Text("55.0%"),
            Num(0.523, RATE),
            Num(0.55, RATE),
            Text("作業中"),
            Num(0.55, RATE),
            BLANK,
        ],
    ];
    indicators(pen, "令和３年度　目標管理シート　【消防本部　警防課】", &rows);
    initiatives(
        pen,
        &[("A13:A14", "消防力整備事業"), ("A15", "救急業務推進事業"), ("A16", "消防団活性化事業")],
        &[
            ("高規格救急自動車の更新", ["実施中", "R3.12末", "入札を公告した"]),
            ("消防水利の整備計画の改定", ["未着手", "未定", ""]),
            ("救急救命士の養成（２名）", ["実施中", "R4.3末", ""]),
            ("学生消防団員の募集", ["完了", "R3.4.30", "12名が入団した"]),
        ],
    );
}

fn prevention(pen: &mut Pen<'_>) {
    let one = |value: f64| Num(value, ONE);
    let whole = |value: f64| Num(value, WHOLE);
    let rows: [[Entry; 8]; 3] = [
        [
            Text("住宅用火災警報器の設置率"),
            Text("％"),
            one(80.0),
            one(78.5),
            one(82.0),
            one(79.9),
            one(84.0),
            BLANK,
        ],
        [
            Text("防火対象物の立入検査件数"),
            Text("件"),
            whole(350.0),
            whole(362.0),
            whole(350.0),
            Text("128※1"),
            whole(300.0),
            BLANK,
        ],
        [
            Text("火災件数"),
            Text("件"),
            Text("－"),
            whole(21.0),
            Text("20以下"),
            whole(18.0),
            Text("20以下"),
            BLANK,
        ],
    ];
    indicators(pen, "令和３年度　目標管理シート　【消防本部　予防課】", &rows);
    pen.line("A9:H9", "※1　感染症の影響により、立入検査を一部中止した。");
    initiatives(
        pen,
        &[("A13:A14", "火災予防推進事業"), ("A15", "査察業務推進事業")],
        &[
            ("住宅用火災警報器の設置促進", ["実施中", "R4.3末", "自治会を通じて周知している"]),
            ("違反対象物の公表制度の周知", ["完了", "R3.5.31", "ホームページに掲載した"]),
            ("立入検査記録の電子化", ["未着手", "未定", ""]),
        ],
    );
}

fn indicators(pen: &mut Pen<'_>, title: &str, rows: &[[Entry; 8]]) {
    pen.title("A1:H1", title);
    pen.heading("A3", "１　指標");
    pen.head(&[
        ("A4:A5", "指標"),
        ("B4:B5", "単位"),
        ("C4:D4", "令和元年度"),
        ("E4:F4", "令和２年度"),
        ("G4:H4", "令和３年度"),
    ]);
    pen.head(&[
        ("C5", "目標"),
        ("D5", "実績"),
        ("E5", "目標"),
        ("F5", "実績"),
        ("G5", "目標"),
        ("H5", "実績"),
    ]);
    for (row, entries) in (6..).zip(rows) {
        pen.row(&format!("A{row}"), entries);
        pen.height(&format!("A{row}"), 21.0);
    }
}

fn initiatives(pen: &mut Pen<'_>, programs: &[(&str, &str)], items: &[(&str, [&'static str; 3])]) {
    pen.heading("A11", "２　取組");
    pen.head(&[
        ("A12", "事業名"),
        ("B12:D12", "取組項目"),
        ("E12", "状況"),
        ("F12", "期限"),
        ("G12:H12", "コメント"),
    ]);
    for (range, program) in programs {
        pen.cell(range, program);
    }
    for (row, (item, [status, due, comment])) in (13..).zip(items) {
        pen.cell(&format!("B{row}:D{row}"), item);
        pen.row(&format!("E{row}"), &[Text(status), Text(due)]);
        pen.cell(&format!("G{row}:H{row}"), comment);
        pen.height(&format!("A{row}"), 24.0);
    }
}
