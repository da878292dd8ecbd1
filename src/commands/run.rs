//! `hoshin run`: reads all, writes the month.

use std::fmt::Write;
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::log::Log;
use super::notify::Notice;
use super::{Exit, Failure, correct, project, summary};
use crate::amend::Purpose;
use crate::cli::{Level, MonthArgs, ProjectArgs, ReportsArgs, RunArgs};
use crate::discover::shown;
use crate::model::dataset::{Dataset, Outcome, Source};
use crate::model::fiscal::Period;
use crate::pipeline::{self, Month, Settings};
use crate::publish::{self, Cache, Edition, Keeper, Manifest, OutputFile, Reports, Times};
use crate::{clock, console};

/// How many missing workbooks a message names.
const NAMED: usize = 10;

pub(super) fn run(args: &RunArgs, notice: &mut Notice) -> Result<Exit, Failure> {
    let started = clock::now();
    // What the settings have in the folder goes before the folder is given back.
    let reports;
    let mut settings = project::settings(&args.month, started, true)?;
    let output = args.month.reports.output.as_path();
    notice.about(&settings);
    if args.if_due && stands(output, settings.period) && (args.dry_run || !publish::waits(output)) {
        notice.nothing_due();
        return Ok(nothing_due(settings.period));
    }
    let log = Log::start();
    tracing::info!(period = %settings.period, as_of = %settings.as_of, input = shown(&settings.input.folder), "started");
    reports = if args.dry_run { None } else { Some(Reports::open(output)?) };
    if let Some(reports) = &reports {
        settings.cache = Some(Cache::open(reports));
        settings.keeper = Some(Keeper::new(reports));
        tell(reports, settings.period);
        // Seen only now: a month that waited, or that a dead run had set aside, is in its place.
        if args.if_due && stands(output, settings.period) {
            return put_in_place(reports, settings.period, notice);
        }
    }
    settings.correcting = correct::corrected(output, settings.period, args.correct)?;
    let mut month = read(&settings, output, args.month.allow_gaps)?;
    log_month(&month);
    if settings.correcting.is_some() && month.dataset.errata.is_empty() {
        let words = correct::nothing(settings.period);
        console::out(&words);
        notice.nothing_to_write(words);
        return Ok(Exit::Done);
    }
    let files = complete(&mut month, Times { started, finished: clock::now() });
    let mut lines = vec![summary::of(&month)];
    match &reports {
        Some(reports) => {
            let edition = Edition { period: settings.period, number: month.dataset.edition };
            let place = reports.place(edition, &files, settings.keeper.as_ref())?;
            settings.cache.iter().for_each(Cache::keep);
            keep_log(reports, &log, started, files.len());
            notice.placed(&place);
            let (place, count) = (shown(&place), files.len());
            lines.push(format!(
                "報告書は {place} にあります（{count}件）。まず 実行結果.txt をご覧ください。"
            ));
        }
        None => lines.push(format!(
            "報告書を {}件組み立てました。試しの実行なので、何も書き込んでいません。",
            files.len()
        )),
    }
    console::out(&lines.join("\n"));
    Ok(leave(month, args.month.fail_on))
}

/// The exit code for a month that is told.
fn leave(month: Month, fail_on: Option<Level>) -> Exit {
    let exit = Exit::of(&month.dataset.findings, fail_on.map(Level::severity));
    // The process ends here: to give back each of the month's texts would only keep people waiting.
    std::mem::forget(month);
    exit
}

/// Whether the month is there.
fn stands(output: &Path, period: Period) -> bool {
    output.join(period.to_string()).is_dir()
}

fn nothing_due(period: Period) -> Exit {
    console::out(&format!("{period} の報告書はすでにあります。何もしませんでした。"));
    Exit::Done
}

/// A month that stands now that the folder is open; fails where another waits on for its place.
fn put_in_place(reports: &Reports, period: Period, notice: &mut Notice) -> Result<Exit, Failure> {
    if let Some((_, message)) = reports.refused().first() {
        return Err(Failure::new(Exit::NotWritten, message));
    }
    if reports.notes().is_empty() {
        notice.nothing_due();
    } else {
        notice.placed(&reports.root().join(period.to_string()));
    }
    Ok(nothing_due(period))
}

/// Says what became of months that waited for their place. What is said of this month's own comes to be told when the
/// new one is placed.
fn tell(reports: &Reports, period: Period) {
    let others = reports.refused().iter().filter(|(edition, _)| edition.period != period);
    for note in reports.notes().iter().chain(others.map(|(_, note)| note)) {
        tracing::info!(note, "waited");
        console::err(&format!("注意: {note}"));
    }
}

/// Removes what the rules keep no longer and writes the log. The month stands: nothing of it fails the run.
fn keep_log(reports: &Reports, log: &Log, started: DateTime<FixedOffset>, files: usize) {
    tracing::info!(files, "placed");
    for error in reports.retire() {
        tracing::warn!(%error, "not removed");
    }
    let start = started.format("%Y-%m-%dT%H%M%S").to_string();
    if let Err(error) = reports.write_log(&start, &log.lines()) {
        console::err(&format!("報告書はできましたが、実行の記録を残せませんでした。{error}"));
    }
}

/// Reads a month and makes sure that it is not a torso.
pub(super) fn read(settings: &Settings, reports: &Path, allow_gaps: bool) -> Result<Month, Failure> {
    let month = pipeline::month(settings);
    settings.progress.done();
    let month = month?;
    for note in &month.notes {
        console::err(&format!("注意: {note}"));
    }
    let sources = &month.dataset.sources;
    let readable = sources.iter().filter(|it| is_ledger(&it.workbook, it.outcome)).count();
    if readable == 0 {
        return Err(Failure::new(Exit::Input, nothing_readable(settings, &month)));
    }
    if let Some(last) = publish::last_before(reports, settings.period).filter(|_| !allow_gaps) {
        let before = last.inputs.iter().filter(|it| is_ledger(&it.path, it.outcome)).count();
        if readable * 2 < before {
            return Err(Failure::new(Exit::Input, too_few(&last, before, &month, readable)));
        }
    }
    Ok(month)
}

/// Whether an input is a division's workbook that could be opened; the planning section's own do not count.
fn is_ledger(workbook: &str, outcome: Outcome) -> bool {
    outcome != Outcome::Failed && Purpose::of(workbook).is_none()
}

/// The workbooks as they are now, read as `check` reads them: their month, and how people call it.
pub(super) fn read_now(
    input: Option<&Path>,
    reports: &ReportsArgs,
    project: &ProjectArgs,
    period: Option<Period>,
) -> Result<(Dataset, String), Failure> {
    let month = MonthArgs {
        input: input.map(Path::to_path_buf),
        reports: reports.clone(),
        project: project.clone(),
        period,
        as_of: None,
        jobs: None,
        fail_on: None,
        late: false,
        allow_gaps: true,
    };
    let settings = project::settings(&month, clock::now(), false)?;
    let month = read(&settings, &reports.output, true)?;
    Ok((month.dataset, format!("今の台帳「{}」", shown(&settings.input.folder))))
}

fn nothing_readable(settings: &Settings, month: &Month) -> String {
    let folder = shown(&settings.input.folder);
    let planning = |source: &Source| Purpose::of(&source.workbook).is_some();
    let mut message = if month.dataset.sources.iter().all(planning) {
        format!(
            "「{folder}」に台帳（Excel のファイル）がありません。台帳を入れるか、--input で場所を指定してください"
        )
    } else {
        format!("「{folder}」の台帳を1つも開けませんでした。次の理由を確かめてください")
    };
    for finding in month.dataset.findings.iter().take(NAMED) {
        let place = publish::place_words(finding);
        _ = write!(
            message,
            "
・{place}: {} {}",
            finding.message, finding.cure
        );
    }
    message
}

fn too_few(last: &Manifest, before: usize, month: &Month, readable: usize) -> String {
    let sources = &month.dataset.sources;
    let there = |path: &str| {
        sources.iter().any(|source| source.outcome != Outcome::Failed && source.workbook == path)
    };
    let missing: Vec<_> = last
        .inputs
        .iter()
        .filter(|input| is_ledger(&input.path, input.outcome) && !there(&input.path))
        .map(|input| format!("\n・{}", input.path))
        .collect();
    let more = missing.len().saturating_sub(NAMED);
    let more = if more == 0 { String::new() } else { format!("\nほかに {more}件") };
    format!(
        "読めた台帳が {readable}件しかありません（{} は {before}件）。台帳がそろっているか確かめてください。\
         これで全部なら --allow-gaps を付けて実行してください。前回はあって今回ない台帳:{}{more}",
        last.period,
        missing.iter().take(NAMED).map(String::as_str).collect::<String>(),
    )
}

/// The files of the month, taken out of it, with the manifest.
fn complete(month: &mut Month, times: Times) -> Vec<OutputFile> {
    let mut files = std::mem::take(&mut month.outputs);
    files.push(Manifest::new(&month.dataset, &files, times).to_file());
    files
}

fn log_month(month: &Month) {
    for source in &month.dataset.sources {
        tracing::info!(workbook = source.workbook, sha256 = source.sha256, outcome = ?source.outcome, figures = source.figures, "read");
    }
    for finding in &month.dataset.findings {
        tracing::info!(code = %finding.code, severity = ?finding.severity, place = publish::place_words(finding), "finding");
    }
}
