//! The first draft of a profile for a sheet that header words alone do not explain.
//!
//! A draft guesses, and says so: what nobody can know from the sheet (the years of equal blocks) is left blank, and a
//! profile with blanks is refused until a person has filled them in.

mod draft;
mod survey;

use survey::Survey;

use crate::extract::{Located, Means, extract_located, locate_all};
use crate::model::sheet::Workbook;

/// The draft for the largest sheet that is not read by its header words, as TOML with comments; a comment alone where
/// all are.
pub fn suggest(workbook: &Workbook, means: &Means) -> String {
    let located = locate_all(workbook, means);
    let records = extract_located(workbook, &located, means);
    let read = |sheet: &Located| {
        let name = &*sheet.sheet.name;
        let placed = records.indicators.iter().any(|i| &*i.place.sheet == name)
            || records.initiatives.iter().any(|i| &*i.place.sheet == name)
            || records.sections.iter().any(|line| &*line.place.sheet == name);
        sheet.profiled.is_none() && placed
    };
    let mut open: Vec<&Located> = located.iter().filter(|sheet| !read(sheet)).collect();
    open.sort_by_key(|sheet| std::cmp::Reverse(sheet.sheet.grid.cells().count()));
    let surveys: Vec<Survey> = open.iter().filter_map(|sheet| Survey::of(sheet, means.vocabulary)).collect();
    match surveys.split_first() {
        Some((first, others)) => {
            let others: Vec<&str> = others.iter().map(|survey| survey.sheet).collect();
            draft::draft(&workbook.path, first, &others)
        }
        None => {
            "# 見出しの言葉だけでは読めない表は見つかりませんでした。プロファイルは要りません。\n".to_owned()
        }
    }
}
