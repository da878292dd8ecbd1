//! `hoshin trace`: where figures come from, and what they were in earlier months.

use std::path::Path;

use super::{Exit, Failure, project, run};
use crate::cli::TraceArgs;
use crate::console;
use crate::discover::shown;
use crate::export::Snapshot;
use crate::io_reason::io_reason;
use crate::project::Project;
use crate::publish;
use crate::trace::Trace;

pub(super) fn trace(args: &TraceArgs) -> Result<Exit, Failure> {
    let Some(mut trace) = Trace::new(&args.word) else {
        return Err(Failure::new(
            Exit::Usage,
            "探す言葉がありません。指標や取組みの名前の一部を書いてください",
        ));
    };
    let project = project::load(args.project.config.as_deref())?;
    if args.input.is_some() {
        read_input(args, &project, &mut trace)?;
    }
    read_reports(args, &project, &mut trace);
    if trace.is_empty() {
        let folder = shown(&args.reports.output);
        trace.note(format!("読める報告書が「{folder}」にないので、今の台帳を読みました。"));
        read_input(args, &project, &mut trace)?;
    }
    console::out(&trace.text(&project.vocabulary.eras));
    Ok(Exit::Done)
}

/// The workbooks as they are now, read as `check` reads them.
fn read_input(args: &TraceArgs, project: &Project, trace: &mut Trace) -> Result<(), Failure> {
    let (dataset, name) = run::read_now(args.input.as_deref(), &args.reports, &args.project, args.period)?;
    trace.add(&name, dataset, &project.config, &project.vocabulary);
    Ok(())
}

/// The months that stand, newest first; one that cannot be used is named.
fn read_reports(args: &TraceArgs, project: &Project, trace: &mut Trace) {
    let months = publish::months(&args.reports.output);
    let asked = months.iter().rev().filter(|(period, ..)| args.period.is_none_or(|last| *period <= last));
    for (_, _, folder) in asked {
        let name = folder.file_name().map_or_else(String::new, |name| shown(Path::new(name)));
        let bytes = publish::snapshot_bytes(folder);
        let snapshot = bytes
            .map_err(|error| format!("data/snapshot.json がありません（{}）", io_reason(&error)))
            .and_then(|bytes| {
                Snapshot::read(&bytes).map_err(|error| format!("data/snapshot.json は{error}"))
            });
        match snapshot {
            Ok(snapshot) => trace.add(&name, snapshot.dataset, &project.config, &project.vocabulary),
            Err(reason) => trace.note(format!("{name} は調べられませんでした: {reason}。")),
        }
    }
}
