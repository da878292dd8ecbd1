//! `hoshin check`: reads and judges, prints the findings, writes nothing.

use std::path::Path;

use super::{Exit, Failure, project, run, summary};
use crate::cli::{CheckArgs, Level};
use crate::discover::shown;
use crate::judge::Law;
use crate::judge::whatif::{Change, changes};
use crate::model::judgement::Judgement;
use crate::pipeline::Month;
use crate::{clock, console};

/// Said at the end of what writes nothing.
const NOTHING_WRITTEN: &str = "確かめただけなので、何も書き込んでいません。";

pub(super) fn check(args: &CheckArgs) -> Result<Exit, Failure> {
    let settings = project::settings(&args.month, clock::now(), false)?;
    let Some(file) = &args.what_if else {
        let month = run::read(&settings, &args.month.reports.output, args.month.allow_gaps)?;
        return Ok(findings(args, &month));
    };
    let config = &settings.project.config;
    let rules = project::other_rules(file, &args.month.project, config)?;
    let month = run::read(&settings, &args.month.reports.output, args.month.allow_gaps)?;
    let organisation = &config.organisation(settings.period);
    let law = Law { rules: &rules, config, organisation, vocabulary: &settings.project.vocabulary };
    what_if(file, &month, &changes(&month.dataset, &law));
    Ok(Exit::of(&month.dataset.findings, args.month.fail_on.map(Level::severity)))
}

fn findings(args: &CheckArgs, month: &Month) -> Exit {
    let findings = &month.dataset.findings;
    let end = format!("{}\n{NOTHING_WRITTEN}", summary::counts(month));
    if args.all || !console::is_terminal() {
        for finding in findings {
            console::out(&summary::finding(finding, &month.excerpts));
        }
    } else if !findings.is_empty() {
        console::out(&summary::screenful(findings, &month.excerpts, summary::tall(&end)));
    }
    console::out(&end);
    Exit::of(findings, args.month.fail_on.map(Level::severity))
}

/// The judgements that would change, with both workings.
fn what_if(file: &Path, month: &Month, changes: &[Change]) {
    for Change { before, after } in changes {
        let who = [before.department.as_str(), before.division.as_str()];
        let who: Vec<_> = who.into_iter().filter(|name| !name.is_empty()).collect();
        console::out(&format!(
            "{}「{}」：{} → {}\n　今　　：{}\n　変更後：{}",
            who.join(" "),
            before.name,
            words(before),
            words(after),
            why(before),
            why(after)
        ));
    }
    let (city, period) = (&month.dataset.city, month.dataset.period);
    let (count, all) = (changes.len(), month.dataset.judgements.len());
    console::out(&format!(
        "{city} {period}\n「{}」の規則にすると、判定 {all}件のうち {count}件が変わります。\n{NOTHING_WRITTEN}",
        shown(file)
    ));
}

/// The word with the city's grade and points: `順調（A）`.
fn words(judgement: &Judgement) -> String {
    let points = judgement.points.map(|points| format!("{points}点"));
    let notes: Vec<&str> = [judgement.grade.as_str(), points.as_deref().unwrap_or_default()]
        .into_iter()
        .filter(|n| !n.is_empty())
        .collect();
    let notes = if notes.is_empty() { String::new() } else { format!("（{}）", notes.join("、")) };
    format!("{}{notes}", judgement.result.label())
}

fn why(judgement: &Judgement) -> String {
    format!("{}（{}）", judgement.working, judgement.reason)
}
