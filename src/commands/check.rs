//! `hoshin check`: reads and judges, prints the findings, writes nothing.

use super::{Exit, Failure, project, run, summary};
use crate::cli::{CheckArgs, Level};
use crate::{clock, console};

pub(super) fn check(args: &CheckArgs) -> Result<Exit, Failure> {
    let settings = project::settings(&args.month, clock::now(), false)?;
    let month = run::read(&settings, &args.month.reports.output, args.month.allow_gaps)?;
    let findings = &month.dataset.findings;
    let end = format!("{}\n確かめただけなので、何も書き込んでいません。", summary::counts(&month));
    if args.all || !console::is_terminal() {
        for finding in findings {
            console::out(&summary::finding(finding, &month.excerpts));
        }
    } else if !findings.is_empty() {
        console::out(&summary::screenful(findings, &month.excerpts, summary::tall(&end)));
    }
    console::out(&end);
    Ok(Exit::of(findings, args.month.fail_on.map(Level::severity)))
}
