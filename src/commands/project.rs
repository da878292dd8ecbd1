//! What the city has set, and which month is asked for.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::{Exit, Failure, passwords};
use crate::cli::{MonthArgs, ProjectArgs};
use crate::config::{self, Config, DefaultPeriod};
use crate::console::Progress;
use crate::discover::{self, Request, shown};
use crate::io_reason::io_reason;
use crate::judge::{Rules, Text};
use crate::model::fiscal::Period;
use crate::pipeline::Settings;
use crate::project::{Project, chosen};
use crate::templates::Templates;

/// The configuration where none is named; it need not exist.
const DEFAULT_CONFIG: &str = "hoshin.toml";

/// Reads hoshin.toml and the templates beside it; all their problems at once.
pub(super) fn load(config: Option<&Path>) -> Result<Project, Failure> {
    let path = config.unwrap_or(Path::new(DEFAULT_CONFIG));
    let mut problems = Vec::new();
    let mut told = |problem| problems.push(problem);
    let (config, config_text) = read(path, config.is_some()).map_err(&mut told).unwrap_or_default();
    let passwords = passwords::load(&config, path).map_err(told).unwrap_or_default();
    let folder = path.parent().unwrap_or(Path::new("")).join("templates");
    // What the templates say is only looked at where their files could be read.
    let templates = match Templates::load(&folder) {
        Ok(templates) => templates,
        Err(errors) => {
            problems.extend(errors.iter().map(ToString::to_string));
            return Err(Failure::new(Exit::Usage, problems.join("\n")));
        }
    };
    match Project::new((config, config_text), templates, passwords, &shown(path)) {
        Ok(project) if problems.is_empty() => Ok(project),
        Ok(_) => Err(problems),
        Err(more) => Err([problems, more].concat()),
    }
    .map_err(|problems| Failure::new(Exit::Usage, problems.join("\n")))
}

/// The rules of another file over the built-in ones, as `check --what-if` tries them.
pub(super) fn other_rules(file: &Path, args: &ProjectArgs, config: &Config) -> Result<Rules, Failure> {
    let wrong = |message: String| Failure::new(Exit::Usage, message);
    let name = shown(file);
    let bytes = std::fs::read(file)
        .map_err(|error| wrong(format!("規則のファイル「{name}」を読めません: {}", io_reason(&error))))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        wrong(format!("規則のファイル「{name}」の文字コードが UTF-8 ではありません。メモ帳の「名前を付けて保存」で UTF-8 を選んで保存し直してください"))
    })?;
    let builtin = Templates::embedded();
    let own = Text { file: "templates/judgement.toml", text: builtin.text("judgement.toml") };
    let config_name = args.config.as_deref().map_or_else(|| DEFAULT_CONFIG.to_owned(), shown);
    let rules = Rules::parse(&[own, Text { file: &name, text: &text }]);
    let rules = rules.and_then(|rules| chosen(rules, config, &config_name));
    rules.map_err(|errors| wrong(errors.join("\n")))
}

/// This program, for the processes that read workbooks. Where it is replaced by a newer one while it runs, Linux still
/// finds it under this name.
fn itself() -> PathBuf {
    let running = Path::new("/proc/self/exe");
    if running.exists() { running.to_owned() } else { std::env::current_exe().unwrap_or_default() }
}

fn read(path: &Path, named: bool) -> Result<(Config, String), String> {
    let name = shown(path);
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => {
            return Ok((Config::default(), String::new()));
        }
        Err(error) => return Err(format!("設定ファイル「{name}」を読めません: {}", io_reason(&error))),
    };
    let text = String::from_utf8(bytes).map_err(|_| {
        format!("設定ファイル「{name}」の文字コードが UTF-8 ではありません。メモ帳の「名前を付けて保存」で UTF-8 を選んで保存し直してください")
    })?;
    let config = config::parse(&text, &name).map_err(|errors| errors.to_string())?;
    Ok((config, text))
}

/// The month that is asked for, from a valid project.
pub(super) fn settings(
    args: &MonthArgs,
    now: DateTime<FixedOffset>,
    compose: bool,
) -> Result<Settings, Failure> {
    let project = load(args.project.config.as_deref())?;
    let today = now.date_naive();
    let default = match project.config.default_period {
        DefaultPeriod::Previous => Period::of(today).previous(),
        DefaultPeriod::Current => Period::of(today),
    };
    let period = args.period.unwrap_or(default);
    let request = Request {
        input: args.input.as_deref(),
        root: Path::new(""),
        period,
        default,
        late: args.late,
        reports: &args.reports.output,
    };
    Ok(Settings {
        project,
        input: discover::input_folder(&request)?,
        period,
        as_of: args.as_of.unwrap_or(today),
        late: args.late,
        jobs: args.jobs,
        apart: Some(itself()),
        correcting: None,
        compose,
        cache: None,
        keeper: None,
        progress: Progress::new(),
    })
}
