//! `hoshin check`: reads and judges, prints the findings, writes nothing.

use super::{Exit, Failure, project, run, summary};
use crate::cli::{Level, MonthArgs};
use crate::{clock, console};

pub(super) fn check(args: &MonthArgs) -> Result<Exit, Failure> {
    let settings = project::settings(args, clock::now(), false)?;
    let month = run::read(&settings, &args.output, args.allow_gaps)?;
    let findings = &month.dataset.findings;
    for finding in findings {
        console::out(&summary::finding(finding));
    }
    console::out(&summary::counts(&month));
    console::out("確かめただけなので、何も書き込んでいません。");
    Ok(Exit::of(findings, args.fail_on.map(Level::severity)))
}
