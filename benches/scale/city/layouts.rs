//! The layouts of divisions' ledgers.

use rust_xlsxwriter::XlsxError;

use super::facts::{Facts, Indicator};
use super::pen::{Book, Ink, Pen};

type Result<T> = std::result::Result<T, XlsxError>;

/// How many layouts there are.
const LAYOUTS: usize = 5;

/// Whether a layout says which way is better.
pub fn says_polarity(layout: usize) -> bool {
    layout % LAYOUTS < 2
}

/// A ledger in one of the layouts: the words behind the division in its file's name, and its bytes.
pub fn workbook(facts: &Facts, layout: usize) -> Result<(&'static str, Vec<u8>)> {
    let (title, fill) = match layout % LAYOUTS {
        0 => ("指標・取組進捗", 0x00E2_EFDA),
        1 => ("成果指標", 0x00FF_F2CC),
        2 => ("目標管理シート", 0x00F8_CBAD),
        3 => ("KPI管理表", 0x00D9_D9D9),
        _ => ("指標データ", 0x00DD_EBF7),
    };
    let mut book = Book::new("ＭＳ Ｐゴシック", fill)?;
    match layout % LAYOUTS {
        0 => by_year(facts, &mut book.sheet("指標", &[6.0, 40.0, 8.0, 10.0])?)?,
        1 => by_kind(facts, &mut book.sheet("成果指標", &[52.0, 12.0])?)?,
        2 => two_a_year(facts, &mut book.sheet("目標管理", &[40.0, 8.0])?)?,
        3 => two_rows(facts, &mut book.sheet("KPI", &[40.0, 8.0, 8.0])?)?,
        _ => list(facts, &mut book.sheet("データ", &[16.0, 40.0, 14.0, 8.0, 12.0, 8.0])?)?,
    }
    let mut pen = book.sheet("取組状況", &[6.0, 30.0, 40.0, 10.0, 8.0, 14.0, 44.0])?;
    initiatives(facts, &mut pen)?;
    Ok((title, book.bytes()?))
}

/// A workbook of one figure a row and nothing else.
pub fn long_list(facts: &Facts) -> Result<Vec<u8>> {
    let mut book = Book::new("ＭＳ Ｐゴシック", 0x00DD_EBF7)?;
    list(facts, &mut book.sheet("データ", &[16.0, 40.0, 14.0, 8.0, 12.0, 8.0])?)?;
    book.bytes()
}

/// Year and kind in one header: what came in years behind, what is aimed at in those to come.
fn by_year(facts: &Facts, pen: &mut Pen) -> Result<()> {
    pen.title("令和３年度　指標管理シート")?;
    pen.line(&format!("所属　{}　{}", facts.department(), facts.division()))?;
    let kind = |at: usize| if at < facts.behind() { "実績" } else { "目標" };
    let years = facts.years().enumerate().map(|(at, year)| format!("{}\n{}", era(year), kind(at)));
    let words = ["番号", "指標名", "単位", "望ましい方向"].map(str::to_owned);
    pen.head(&words.into_iter().chain(years).chain(["備考".to_owned()]).collect::<Vec<_>>())?;
    for (at, one) in facts.indicators().enumerate() {
        let way = if one.decreases { "減少" } else { "増加" };
        let mut inks: Vec<Ink> = vec![(at + 1).into(), one.name.into(), one.unit.into(), way.into()];
        inks.extend(one.years.into_iter().map(|(aim, came)| came.unwrap_or(aim)));
        inks.push("".into());
        pen.inks(inks)?;
    }
    Ok(())
}

/// Unit and way in the name; the years below 実績値 and 目標値.
fn by_kind(facts: &Facts, pen: &mut Pen) -> Result<()> {
    pen.title("令和３年度　成果指標一覧")?;
    pen.line(&format!("所管課：{}", facts.division()))?;
    let (behind, all) = (column(facts.behind()), column(facts.years().count()));
    pen.over((0, 1), (0, 0), "成果指標")?;
    pen.over((0, 0), (1, behind), "実績値")?;
    pen.over((0, 0), (behind + 1, all), "目標値")?;
    pen.over((0, 1), (all + 1, all + 1), "備考")?;
    for (col, year) in (1..).zip(facts.years()) {
        pen.over((1, 1), (col, col), &era(year))?;
    }
    pen.row += 2;
    for one in facts.indicators() {
        let way = if one.decreases { "少ない" } else { "多い" };
        let mut inks: Vec<Ink> = vec![format!("{}【{}】　※{way}ほど良い", one.name, one.unit).into()];
        inks.extend(one.years.into_iter().map(|(aim, came)| came.unwrap_or(aim)));
        inks.push("".into());
        pen.inks(inks)?;
    }
    Ok(())
}

/// 目標 and 実績 below each year.
fn two_a_year(facts: &Facts, pen: &mut Pen) -> Result<()> {
    pen.title(&format!("令和３年度　目標管理シート　【{}　{}】", facts.department(), facts.division()))?;
    pen.heading("１　指標")?;
    pen.over((0, 1), (0, 0), "指標")?;
    pen.over((0, 1), (1, 1), "単位")?;
    for (at, year) in facts.years().enumerate() {
        let left = column(2 + at * 2);
        pen.over((0, 0), (left, left + 1), &era(year))?;
        pen.over((1, 1), (left, left), "目標")?;
        pen.over((1, 1), (left + 1, left + 1), "実績")?;
    }
    pen.row += 2;
    for one in facts.indicators() {
        let mut inks: Vec<Ink> = vec![one.name.into(), one.unit.into()];
        inks.extend(one.years.into_iter().flat_map(|(aim, came)| [aim, came.unwrap_or("".into())]));
        pen.inks(inks)?;
    }
    Ok(())
}

/// 目標 and 実績 in two rows of each indicator.
fn two_rows(facts: &Facts, pen: &mut Pen) -> Result<()> {
    pen.title(&format!("{}　重要業績評価指標（ＫＰＩ）管理表", facts.division()))?;
    let words = ["重要業績評価指標（KPI）", "単位", "区分"].map(str::to_owned);
    let years = facts.years().map(|year| match year {
        ..2019 => format!("H{}", year - 1988),
        _ => format!("R{}", year - 2018),
    });
    pen.head(&words.into_iter().chain(years).collect::<Vec<_>>())?;
    for Indicator { name, unit, years, .. } in facts.indicators() {
        let (mut aims, mut came): (Vec<Ink>, Vec<Ink>) = Default::default();
        for (aim, result) in years {
            aims.push(aim);
            came.push(result.unwrap_or("".into()));
        }
        for (kind, inks) in [("目標", aims), ("実績", came)] {
            pen.inks(["", "", kind].map(Ink::from).into_iter().chain(inks).collect())?;
        }
        pen.beside(2, 0, &name)?;
        pen.beside(2, 1, unit)?;
    }
    Ok(())
}

/// One figure a row.
fn list(facts: &Facts, pen: &mut Pen) -> Result<()> {
    pen.head(&["所属", "指標名", "年度", "区分", "数値", "単位"])?;
    let division = facts.division();
    for one in facts.indicators() {
        for ((aim, came), year) in one.years.into_iter().zip(facts.years()) {
            let (kind, figure) = came.map_or(("目標", aim), |came| ("実績", came));
            let name = one.name.as_str();
            pen.inks(vec![
                division.as_str().into(),
                name.into(),
                era(year).into(),
                kind.into(),
                figure,
                one.unit.into(),
            ])?;
        }
    }
    Ok(())
}

/// The initiatives, those of a program beside its merged number and name.
fn initiatives(facts: &Facts, pen: &mut Pen) -> Result<()> {
    pen.title(&format!("令和３年度　取組状況（{}）", facts.division()))?;
    pen.head(&["番号", "事業名", "取組項目", "状況", "進捗率（％）", "期限", "コメント"])?;
    for program in facts.programs() {
        let Some((number, name)) = program.first().map(|one| (one.number.to_string(), one.program.clone()))
        else {
            continue;
        };
        let rows = program.len();
        for one in program {
            let inks = ["".into(), "".into(), one.item.into(), one.status.into(), one.progress.into()];
            pen.inks(inks.into_iter().chain([one.due, one.comment].map(Ink::from)).collect())?;
        }
        pen.beside(rows, 0, &number)?;
        pen.beside(rows, 1, &name)?;
    }
    Ok(())
}

/// A fiscal year as sheets call it.
pub fn era(year: usize) -> String {
    match year {
        ..2019 => format!("平成{}年度", year - 1988),
        2019 => "令和元年度".to_owned(),
        _ => format!("令和{}年度", year - 2018),
    }
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
