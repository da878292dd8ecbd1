//! The excerpt on a terminal of eighty columns.

use std::sync::Arc;

use super::*;
use crate::finding::Head;

fn stretches(texts: &[&str]) -> Vec<Stretch> {
    let filled = texts.iter().zip(0..).filter(|(text, _)| !text.is_empty());
    let stretch = |(text, col): (&&str, u32)| Stretch { start: col, end: col, text: (*text).to_owned() };
    filled.map(stretch).collect()
}

fn row(heads: &[&str], cells: &[&str]) -> SheetRow {
    let head = |Stretch { start, end, text }: Stretch| {
        let brief = text.rsplit(' ').next().unwrap_or_default().to_owned();
        Head { start, end, naming: start == 0, text, brief }
    };
    SheetRow { heads: stretches(heads).into_iter().map(head).collect(), cells: stretches(cells) }
}

#[test]
fn the_caret_stands_under_the_cell() {
    let row =
        row(&["指標名", "単位", "H29", "R1", "備考"], &["時間外勤務時間", "時間", "18.4", "△3", "速報"]);
    assert_eq!(
        lines(&row, CellRef::new(8, 2)),
        [
            "    指標名        ｜単位｜H29 ｜R1 ｜備考",
            "  9 時間外勤務時間｜時間｜18.4｜△3｜速報",
            "                          ^^^^",
        ]
    );
    assert_eq!(lines(&row, CellRef::new(8, 3))[2], "                                ^^^");
}

#[test]
fn a_long_row_is_shortened_around_the_cell() {
    let heads: Vec<String> =
        (0..40).map(|n| if n == 0 { "指標名".to_owned() } else { format!("見出し{n}") }).collect();
    let cells: Vec<String> = (0..40)
        .map(|n| {
            if n == 0 {
                "とても長い名前の指標です（年平均）".to_owned()
            } else {
                format!("{n}00,000")
            }
        })
        .collect();
    let row = row(
        &heads.iter().map(String::as_str).collect::<Vec<_>>(),
        &cells.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    for col in 0..40 {
        let lines = lines(&row, CellRef::new(1_048_575, col));
        assert!(lines.iter().all(|line| width(line) <= WIDTH), "{}", lines.join("\n"));
        let before = lines[2].find('^').expect("a caret");
        let mut column = 0;
        let under: String = lines[1]
            .chars()
            .skip_while(|c| {
                let ahead = column < before;
                column += width(&c.to_string());
                ahead
            })
            .collect();
        assert!(under.starts_with(&cut(&cells[col as usize], 30)), "{}", lines.join("\n"));
    }
    assert_eq!(
        lines(&row, CellRef::new(8, 20)),
        [
            "    指標名              ｜..｜見出し19｜見出し20｜見出し21｜見出し22｜..",
            "  9 とても長い名前の指..｜..｜1900,000｜2000,000｜2100,000｜2200,000｜..",
            "                                        ^^^^^^^^",
        ]
    );
}

#[test]
fn a_blank_cell_is_shown_as_wide_as_its_header() {
    let row = row(&["指標名", "R2実績", "R3目標"], &["満足度", "", "62.5"]);
    assert_eq!(
        lines(&row, CellRef::new(1, 1)),
        ["    指標名｜R2実績｜R3目標", "  2 満足度｜      ｜62.5", "            ^^^^^^"]
    );
    let bare = SheetRow { heads: Arc::from([]), cells: stretches(&["部名", "", "総合政策部"]) };
    assert_eq!(lines(&bare, CellRef::new(0, 0)), ["  1 部名｜総合政策部", "    ^^^^"]);
    assert_eq!(lines(&bare, CellRef::new(0, 1)), ["  1 部名｜  ｜総合政策部", "          ^^"]);
}
