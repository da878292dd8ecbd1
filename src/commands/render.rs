//! `hoshin render`: a month's reports again, from its snapshot alone.

use super::{Exit, Failure};
use crate::cli::RenderArgs;
use crate::console::{self, Progress};
use crate::discover::shown;
use crate::export::Snapshot;
use crate::io_reason::io_reason;
use crate::{pipeline, publish};

pub(super) fn render(args: &RenderArgs) -> Result<Exit, Failure> {
    let path = shown(&args.snapshot);
    let unread = |reason: String| Failure::new(Exit::Input, format!("「{path}」を読めません。{reason}"));
    let bytes = std::fs::read(&args.snapshot).map_err(|error| unread(io_reason(&error)))?;
    let snapshot = Snapshot::read(&bytes).map_err(|error| unread(format!("{error}")))?;
    publish::is_free(&args.output)?;
    if snapshot.version != env!("CARGO_PKG_VERSION") {
        console::err(&format!(
            "注意: この月は hoshin {} で作られました。今の {} で作り直すと、見た目などが当時と違うことがあります。",
            snapshot.version,
            env!("CARGO_PKG_VERSION")
        ));
    }
    let progress = Progress::new();
    let files = pipeline::reprint(&snapshot, &progress);
    progress.done();
    let files = files?;
    publish::write_new(&args.output, &files)?;
    console::out(&format!(
        "{} の報告書を「{}」に作り直しました（{}件）。",
        snapshot.dataset.period,
        shown(&args.output),
        files.len()
    ));
    Ok(Exit::Done)
}
