//! `hoshin freeze`: closes a month. Its newest edition is set once more from its own snapshot, without 暫定.

use super::{Exit, Failure, correct, project};
use crate::cli::FreezeArgs;
use crate::console::{self, Progress};
use crate::discover::shown;
use crate::publish::{self, Edition, Manifest, Reports, Times};
use crate::{clock, pipeline};

pub(super) fn freeze(args: &FreezeArgs) -> Result<Exit, Failure> {
    let started = clock::now();
    project::load(args.project.config.as_deref())?;
    let reports = Reports::open(&args.reports.output)?;
    for note in reports.notes() {
        console::err(&format!("注意: {note}"));
    }
    let Some(edition) = publish::newest(&args.reports.output, args.period) else {
        let (period, folder) = (args.period, shown(&args.reports.output));
        let message = format!(
            "{period} の報告書が「{folder}」にありません。先に hoshin run --period {period} で作ってください"
        );
        return Err(Failure::new(Exit::Usage, message));
    };
    // What is closed must be the newest there is, not the month that a newer one waits to replace.
    if let Some((_, message)) = reports.refused().iter().find(|(waiting, _)| waiting.period == args.period) {
        return Err(Failure::new(Exit::NotWritten, message));
    }
    let mut snapshot = correct::snapshot(&args.reports.output, edition)?;
    let closed = publish::newest_frozen(&args.reports.output, args.period)? == Some(edition);
    if closed && snapshot.dataset.frozen {
        console::out(&format!("{edition} はすでに確定しています。何もしませんでした。"));
        return Ok(Exit::Done);
    }
    snapshot.dataset.frozen = true;
    let progress = Progress::new();
    let files = pipeline::reprint(&snapshot, &progress);
    progress.done();
    let mut files = files?;
    files.push(Manifest::new(&snapshot.dataset, &files, Times { started, finished: clock::now() }).to_file());
    // The pages first: a month that is listed as closed never says 暫定, whatever happens in between.
    reports.place_closed(edition, &files)?;
    reports.close(edition, args.as_of.unwrap_or(started.date_naive()))?;
    console::out(&said(edition));
    Ok(Exit::Done)
}

fn said(edition: Edition) -> String {
    format!(
        "{edition} を確定しました。帳票の「暫定」を消しました。これからは作り直せません（誤りがあったときは run --correct で訂正の版を作ります）。"
    )
}
