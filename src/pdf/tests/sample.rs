//! A document by hand that holds everything.

use chrono::NaiveDate;

use crate::model::report::{
    Align, Block, Cell, Column, Document, HeadCell, ListItem, Panel, Para, Row, Run, Table,
};

/// A document of blocks.
pub(in crate::pdf) fn document(blocks: Vec<Block>) -> Document {
    Document {
        path: "部局別/総合政策部.pdf".to_owned(),
        department: "総合政策部".to_owned(),
        title: "総合政策部".to_owned(),
        subtitle: "政策創造課・企画財政課・広報広聴課・参画協働課・病院改革推進課".to_owned(),
        author: "見本市 政策創造課".to_owned(),
        running_title: "令和３年度　部の運営方針　進捗報告（令和３年５月末時点）".to_owned(),
        markings: vec!["内部資料".to_owned(), "暫定".to_owned()],
        footer: "見本市　総合政策部".to_owned(),
        as_of: NaiveDate::from_ymd_opt(2021, 5, 31).expect("a day"),
        blocks,
        paper: None,
        look: String::new(),
    }
}

pub(in crate::pdf) fn heading(level: u8, text: &str, note: &str) -> Block {
    Block::Heading { level, text: text.to_owned(), note: note.to_owned(), anchor: String::new() }
}

pub(in crate::pdf) fn column(width: u32, align: Align) -> Column {
    Column { width, align }
}

/// Everything: panels, lists, notes, a small table, a long one with cells over several rows, rare characters.
pub(in crate::pdf) fn everything() -> Document {
    let mut blocks = vec![Block::Panels(panels()), heading(2, "先月からの変化", "")];
    blocks.push(Block::List(list(
        "▼",
        &["財政運営事業③「川西都市開発(株)の再建計画見直し」　順調 → 停滞（企画財政課）"],
    )));
    for (number, title, note) in [(1, "めざす姿", ""), (3, "現状と課題", "（昨年度の振り返り）")]
    {
        blocks.push(heading(1, &format!("{number}　{title}"), note));
        for part in ["〈まちづくり、市民サービスに関すること〉", "〈組織力の向上に関すること〉"]
        {
            blocks.push(heading(3, part, ""));
            blocks.push(Block::List(numbered()));
        }
    }
    blocks.push(heading(1, "4　めざす姿に向けた指標", "（KGI・重要目標達成指標）"));
    blocks.push(Block::Table(indicators()));
    blocks.push(Block::Paragraph(Para::small("判定は templates/judgement.toml の規則による。根拠の式は各部局の報告に、元の値のセルは 統合.xlsx にある。")));
    blocks.push(heading(1, "5　取組項目の状況", ""));
    blocks.push(Block::Table(initiatives(60)));
    blocks.push(heading(1, "6　めずらしい文字", ""));
    blocks.push(Block::Paragraph(Para::plain(
        "ｶﾞｷﾞ　①　㎡　△53　１２～１５　葛\u{e0100}城市　か\u{3099}　か\u{309a}　𠮷野家　「」（）『』、。",
    )));
    blocks.push(Block::Paragraph(long_paragraph()));
    document(blocks)
}

fn panels() -> Vec<Panel> {
    let panel = |label: &str, figure: &str, lines: &[&str]| Panel {
        label: label.to_owned(),
        figure: figure.to_owned(),
        lines: lines.iter().map(|line| Para::plain(*line)).collect(),
    };
    vec![
        panel("指標", "6", &["○順調 1　×遅れ 2　？判定不能 3"]),
        panel("取組項目", "23", &["完了 1　やや遅れ 1　停滞 1　記載なし 20"]),
        panel(
            "確認が必要な値",
            "5",
            &["作業中 3（財政・計画・病院）", "方向の未設定 1　名称の確認 1", "→ 6ページ「要確認」"],
        ),
    ]
}

fn list(label: &str, texts: &[&str]) -> Vec<ListItem> {
    let item = |text: &&str| ListItem { label: label.to_owned(), text: Para::plain(*text) };
    texts.iter().map(item).collect()
}

fn numbered() -> Vec<ListItem> {
    let texts = [
        "ポストコロナをみすえつつ、総合戦略・行財政改革の推進、次期総合計画策定に着手する。",
        "持続可能な行財政運営の基盤を確立する。",
        "「市民とともに歩む」市政の推進をめざして、参画協働の推進および「市民に届く」情報提供に努める。",
        "市民に安心して安全な医療を提供するため、基本構想に基づく病院改革を進める。",
    ];
    let labels = ["①", "②", "③", "④"];
    let item =
        |(label, text): (&&str, &&str)| ListItem { label: (*label).to_owned(), text: Para::plain(*text) };
    labels.iter().zip(&texts).map(item).collect()
}

fn long_paragraph() -> Para {
    let text = "新型コロナウイルス感染症の影響により、市税収入の減少が見込まれる（前年度比△３．２％）。このため、「選択と集中」（スクラップ・アンド・ビルド）を徹底し、財源の確保を図る。詳しくは https://www.city.example.lg.jp/seisaku/kikaku/zaisei/kaikaku/index.html を参照。";
    Para {
        runs: vec![
            Run { text: text.repeat(3), ..Run::default() },
            Run { text: "ここだけ強調し、".to_owned(), strong: true, ..Run::default() },
            Run { text: "ここは控えめに書く。".to_owned(), muted: true, ..Run::default() },
        ],
        small: false,
    }
}

/// Figures: the number, its unit set back.
fn figure(number: &str, unit: &str) -> Cell {
    let runs = vec![Run::plain(number), Run { text: unit.to_owned(), muted: true, ..Run::default() }];
    Cell::paras(vec![Para { runs, small: false }])
}

fn indicators() -> Table {
    let one = |text: &str| HeadCell::one(text, 1);
    let group = |text: &str, cols| HeadCell { text: text.to_owned(), cols, rows: 1 };
    let head = vec![
        vec![HeadCell::one("指標", 2), group("実績", 4), group("目標", 2), HeadCell::one("判定", 2)],
        ["H29", "H30", "R1", "R2", "R3", "R4"].into_iter().map(one).collect(),
    ];
    let row = |name: &str, figures: [&str; 6], unit: &str, verdict: &str, working: &str| {
        let mut cells = vec![Cell { header: true, ..Cell::text(name) }];
        cells.extend(figures.iter().map(|text| figure(text, if *text == "作業中" { "" } else { unit })));
        cells.push(Cell::paras(vec![Para::strong(verdict), Para::small(working)]));
        Row { cells }
    };
    let mut columns = vec![column(14, Align::Left)];
    columns.extend((0..6).map(|_| column(4, Align::Right)));
    columns.push(column(12, Align::Left));
    let rows = vec![
        row(
            "後期基本計画の施策評価指標達成率",
            ["—", "12.7", "13.4", "作業中", "40.0", "100"],
            "%",
            "？ 判定不能",
            "R2作業中",
        ),
        row(
            "社会移動数 転入・転出の均衡",
            ["△53", "△219", "193", "△1,376", "0", "0"],
            "人",
            "× 遅れ",
            "R3目標0人、R2実績△376人、差△376人、規則 差-1",
        ),
        row(
            "必要な市の情報が入手できていると感じている市民の割合",
            ["58.5", "58.9", "56.9", "60.0", "62.5", "65.0"],
            "%",
            "○ 順調",
            "R3目標62.5%、R2実績60.0%、達成率96.0%、規則 率-2",
        ),
    ];
    Table { summary: "指標の実績と目標".to_owned(), columns, head, rows, ..Table::default() }
}

/// A table whose first column spans three rows each time.
pub(in crate::pdf) fn initiatives(count: usize) -> Table {
    let words = ["番号", "取組項目", "状況", "期限", "担当課のコメント"];
    let mut columns = vec![column(8, Align::Left), column(3, Align::Center), column(18, Align::Left)];
    columns.extend([column(7, Align::Left), column(6, Align::Center), column(16, Align::Left)]);
    let head = vec![
        vec![
            HeadCell::one("事業", 2),
            HeadCell { text: "計画".to_owned(), cols: 2, rows: 1 },
            HeadCell { text: "進捗".to_owned(), cols: 3, rows: 1 },
        ],
        words.iter().map(|word| HeadCell::one(*word, 1)).collect(),
    ];
    let rows = (0..count).map(|at| {
        let mut cells = Vec::new();
        if at % 3 == 0 {
            let group = Cell::text(format!("財政運営事業{}", at / 3 + 1));
            cells.push(Cell { rows: 3, header: true, ..group });
        }
        cells.push(Cell::text(format!("{}", at + 1)));
        cells.push(Cell::text(
            "川西都市開発(株)の再建計画見直し、および「事業進捗の共有と公表」（四半期ごと）",
        ));
        cells.push(Cell::paras(vec![Para::strong("△ やや遅れ"), Para::small("前月 ○順調")]));
        cells.push(Cell::text("R3.12.28"));
        cells.push(Cell::text("相手方と協議中。".repeat(1 + at % 4)));
        Row { cells }
    });
    Table {
        summary: "取組項目の状況".to_owned(), columns, head, rows: rows.collect(), ..Table::default()
    }
}

/// Rows and groups taller than a page, many narrow columns, long words, empty things.
pub(in crate::pdf) fn hard() -> Document {
    let base = tall_row();
    let with = |rows: Vec<Row>| Block::Table(Table { rows, ..base.clone() });
    let word = "https://example.jp/".to_owned() + &"abcdefghij0123456789".repeat(12);
    let words = vec![Cell::text(&word), Cell::text(&word), Cell::text("12,345,678,901")];
    document(vec![
        heading(1, "行が１ページより高い表", ""),
        Block::Table(base.clone()),
        heading(1, "１ページに収まらない行のまとまり", ""),
        with(tall_groups()),
        heading(1, "まとめる側が長い", ""),
        with(wordy_group()),
        heading(1, "列が多い", ""),
        Block::Table(many_columns()),
        heading(1, "長い語", ""),
        with(vec![Row { cells: words }]),
        Block::Paragraph(Para::plain(word)),
        with(Vec::new()),
        Block::Table(Table { head: Vec::new(), ..base.clone() }),
        Block::Paragraph(Para::default()),
        Block::List(Vec::new()),
        Block::Panels(Vec::new()),
        Block::List(list("とても長いラベルがここに置かれてしまった場合の扱いを確かめる", &["本文", ""])),
    ])
}

fn sentences(what: &str, count: usize) -> String {
    (1..=count).map(|at| format!("{what}{at}番目の文です。")).collect()
}

fn tall_row() -> Table {
    let columns = vec![column(8, Align::Left), column(20, Align::Left), column(10, Align::Right)];
    let head = vec![["区分", "内容", "金額"].iter().map(|word| HeadCell::one(*word, 1)).collect()];
    let name = Cell { header: true, ..Cell::text("背の高い行") };
    let tall = Row { cells: vec![name, Cell::text(sentences("高", 300)), Cell::text("1,234")] };
    let short = |name: &str| Row { cells: vec![Cell::text(name), Cell::text("短い"), Cell::text("△53")] };
    Table {
        summary: "高い行".to_owned(),
        columns,
        head,
        rows: vec![short("前"), tall, short("後")],
        ..Table::default()
    }
}

fn tall_groups() -> Vec<Row> {
    let row = |group: usize, at: usize| {
        let name = format!("まとまり{group}の名前です");
        let name = (at == 0).then(|| Cell { rows: 40, header: true, ..Cell::text(name) });
        let text = Cell::text(format!("明細{at}　{}", sentences("明", 1 + at % 3)));
        Row { cells: name.into_iter().chain([text, Cell::text(format!("{at},000"))]).collect() }
    };
    (0..2).flat_map(|group| (0..40).map(move |at| row(group, at))).collect()
}

fn wordy_group() -> Vec<Row> {
    let wordy = Cell { rows: 2, header: true, ..Cell::text(sentences("長", 150)) };
    vec![
        Row { cells: vec![wordy, Cell::text("一"), Cell::text("1")] },
        Row { cells: vec![Cell::text("二"), Cell::text("2")] },
        Row { cells: vec![Cell::text("続き"), Cell::text("三"), Cell::text("3")] },
    ]
}

fn many_columns() -> Table {
    let columns: Vec<Column> = (0..30).map(|_| column(8, Align::Right)).collect();
    let head = vec![(0..30).map(|at| HeadCell::one(format!("項目{at}"), 1)).collect()];
    let rows = vec![Row { cells: (0..30).map(|at| Cell::text(format!("△{at},204千円"))).collect() }];
    Table { summary: "多い列".to_owned(), columns, head, rows, ..Table::default() }
}
