//! `hoshin answers`: returned 差戻し sheets → lines for hoshin.toml.

use super::{Exit, Failure, project};
use crate::answers::{Returned, gather};
use crate::cli::AnswersArgs;
use crate::console;
use crate::discover::{self, Found, Input, Trouble, shown};
use crate::project::Project;

pub(super) fn answers(args: &AnswersArgs) -> Result<Exit, Failure> {
    let project = project::load(args.project.config.as_deref())?;
    let folder = shown(&args.folder);
    if !args.folder.is_dir() {
        return Err(Failure::new(
            Exit::Input,
            format!(
                "フォルダー「{folder}」がありません。課から返ってきた差戻しの表を入れたフォルダーを指定してください"
            ),
        ));
    }
    let input = Input { folder: args.folder.clone(), plain: false, reports: args.folder.join("reports") };
    let listing = discover::workbooks(&input)
        .map_err(|_| Failure::new(Exit::Input, format!("フォルダー「{folder}」を開けません")))?;
    if listing.workbooks.is_empty() {
        return Err(Failure::new(Exit::Input, format!("フォルダー「{folder}」に差戻しの表がありません")));
    }
    for Trouble { path, kind } in &listing.troubles {
        console::err(&format!("注意: 「{path}」を読んでいません: {kind}"));
    }
    let returned: Vec<Returned> = listing.workbooks.iter().map(|found| open(found, &project)).collect();
    console::out(gather(&returned).to_string().trim_end());
    Ok(Exit::Done)
}

fn open(found: &Found, project: &Project) -> Returned {
    let workbook = discover::load(found, project.config.limits.file)
        .map_err(|error| error.to_string())
        .and_then(|loaded| project.open(&found.path, &loaded.bytes).map_err(|error| error.to_string()));
    Returned { file: found.path.clone(), workbook }
}
