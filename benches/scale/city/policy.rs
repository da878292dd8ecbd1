//! A department's policy document: chapters Ⅰ to Ⅴ, its initiatives those of its divisions.

use rust_xlsxwriter::XlsxError;

use super::City;
use super::facts::{Facts, Initiative, division, pick};
use super::layouts::era;
use super::pen::{Book, Ink, Pen};
use super::words::SENTENCES;

/// The bytes of a department's policy document.
pub fn workbook(city: &City, department: usize) -> Result<Vec<u8>, XlsxError> {
    let facts = Facts::new(city, department, 0);
    let mut book = Book::new("ＭＳ Ｐ明朝", 0x00DD_EBF7)?;
    let mut pen = book.sheet("運営方針", &[44.0, 36.0, 14.0, 44.0, 11.0])?;
    let name = facts.department();
    pen.title(&format!("令和３年度　部の運営方針【{name}】"))?;
    chapter(&mut pen, &format!("Ⅰ　{name}のめざす姿"), 0..4, department)?;
    pen.heading("Ⅱ　めざす姿に向けた指標（ＫＧＩ）")?;
    indicators(&facts, &mut pen)?;
    pen.row += 1;
    chapter(&mut pen, "Ⅲ　現状と課題（令和２年度の振り返り）", 4..9, department)?;
    chapter(&mut pen, "Ⅳ　令和３年度の重点目標", 7..12, department)?;
    pen.heading("Ⅴ　重点目標の達成に向けた具体的な取組")?;
    initiatives(city, department, &mut pen)?;
    book.bytes()
}

/// A heading and some lines below it.
fn chapter(
    pen: &mut Pen,
    heading: &str,
    lines: std::ops::Range<usize>,
    department: usize,
) -> Result<(), XlsxError> {
    pen.heading(heading)?;
    for (at, line) in lines.enumerate() {
        if at % 3 == 0 {
            pen.line(if at == 0 {
                "＜市民サービスに関すること＞"
            } else {
                "＜組織の運営に関すること＞"
            })?;
        }
        pen.line(pick(&SENTENCES, line + department))?;
    }
    pen.row += 1;
    Ok(())
}

fn indicators(facts: &Facts, pen: &mut Pen) -> Result<(), XlsxError> {
    pen.over((0, 1), (0, 0), "指標")?;
    pen.over((0, 1), (1, 1), "単位")?;
    for ((col, year), at) in (2..).zip(facts.years()).zip(0..) {
        pen.over((0, 0), (col, col), &era(year))?;
        pen.over((1, 1), (col, col), if at < facts.behind() { "実績" } else { "目標" })?;
    }
    pen.row += 2;
    for one in facts.indicators() {
        let mut inks: Vec<Ink> = vec![format!("・{}", one.name).into(), one.unit.into()];
        inks.extend(one.years.into_iter().map(|(aim, came)| came.unwrap_or(aim)));
        pen.inks(inks)?;
    }
    Ok(())
}

/// The first programs of each division, until there are as many initiatives as in a ledger.
fn initiatives(city: &City, department: usize, pen: &mut Pen) -> Result<(), XlsxError> {
    pen.head(&["№", "細事業名", "担当課", "具体的な取組項目"])?;
    let share = city.initiatives.div_ceil(city.divisions.max(1));
    let mut number = 0;
    for one in 0..city.divisions {
        let mut left = share;
        for program in Facts::new(city, department, one + 1).programs() {
            if program.len() > left {
                break;
            }
            (left, number) = (left - program.len(), number + 1);
            write(pen, number, &division(department, one), &program)?;
        }
    }
    Ok(())
}

fn write(pen: &mut Pen, number: usize, division: &str, program: &[Initiative]) -> Result<(), XlsxError> {
    for one in program {
        pen.inks(vec!["".into(), "".into(), "".into(), one.item.as_str().into()])?;
    }
    let name = program.first().map_or("", |one| one.program.as_str());
    pen.beside(program.len(), 0, &number.to_string())?;
    pen.beside(program.len(), 1, name)?;
    pen.beside(program.len(), 2, division)
}
