//! `hoshin form`: for each division a form with what is known, and the planning section's own.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Exit, Failure, project, run};
use crate::cli::{FormArgs, ReportsArgs};
use crate::compose::form::{forms, planning};
use crate::discover::shown;
use crate::export::Snapshot;
use crate::model::dataset::Dataset;
use crate::{console, excel, publish};

pub(super) fn form(args: &FormArgs) -> Result<Exit, Failure> {
    let project = project::load(args.project.config.as_deref())?;
    let newest = if args.input.is_some() { None } else { newest(args) };
    let (dataset, from) = if let Some((dataset, from)) = newest {
        (dataset, format!("報告書 {from}"))
    } else {
        let reports = ReportsArgs { output: args.reports.clone() };
        run::read_now(args.input.as_deref(), &reports, &args.project, args.period)?
    };
    let mut books = forms(&dataset, &project.vocabulary);
    books.extend(planning(&dataset, &project.vocabulary.eras));
    let folder = shown(&args.output);
    let mut lines = vec![format!("{from} の値を入れました。")];
    let (mut written, mut kept) = (0, Vec::new());
    for book in books {
        let path = book.path.clone();
        let bytes = excel::write(book, &BTreeMap::new())
            .map_err(|error| Failure::new(Exit::NotWritten, error.to_string()))?;
        // A form that somebody may already have filled in is never written over.
        if publish::write_form(&args.output, &path, &bytes)? {
            written += 1;
        } else {
            kept.push(format!("・{folder}/{path}"));
        }
    }
    lines.push(format!("様式 {written}件を {folder} に作りました。"));
    if !kept.is_empty() {
        lines.push(
            "次のファイルはすでにあるので、そのままにしました（作り直すときは、先に移してください）。"
                .to_owned(),
        );
        lines.extend(kept);
    }
    console::out(&lines.join("\n"));
    Ok(Exit::Done)
}

/// The newest month in the reports that can be used.
fn newest(args: &FormArgs) -> Option<(Dataset, String)> {
    let months = publish::months(&args.reports);
    let usable = |period| args.period.is_none_or(|asked| asked == period);
    months.iter().rev().filter(|(period, ..)| usable(*period)).find_map(|(_, _, folder)| {
        let bytes = publish::snapshot_bytes(folder).ok()?;
        let name = folder.file_name().map_or_else(String::new, |name| shown(Path::new(name)));
        Some((Snapshot::read(&bytes).ok()?.dataset, name))
    })
}
