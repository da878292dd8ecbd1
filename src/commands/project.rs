//! What the city has set, and which month is asked for.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::{Exit, Failure, passwords};
use crate::cli::{MonthArgs, ProjectArgs};
use crate::compose::Plan;
use crate::config::{self, Config, DefaultPeriod};
use crate::console::Progress;
use crate::discover::{self, Request, shown};
use crate::finding::Words;
use crate::io_reason::io_reason;
use crate::judge::{Rules, Text};
use crate::model::fiscal::Period;
use crate::normalise::Vocabulary;
use crate::pdf::Theme;
use crate::pipeline::Settings;
use crate::profile;
use crate::project::Project;
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
    let words = Words::parse(Templates::embedded().text("findings.toml"), templates.text("findings.toml"));
    let words =
        words.map_err(|errors| problems.extend(errors.iter().map(|error| format!("templates/{error}"))));
    let vocabulary = Vocabulary::in_force(templates.text("vocabulary.toml"))
        .map_err(|errors| problems.extend(errors.iter().map(|e| format!("templates/{e}"))));
    let theme = Theme::parse(templates.text("theme.toml")).map_err(|errors| problems.extend(errors));
    let plan = Plan::parse(templates.text("report.toml")).map_err(|errors| problems.extend(errors));
    if let (Ok(theme), Ok(plan)) = (&theme, &plan) {
        let looks: Vec<&str> = theme.looks().collect();
        problems.extend(plan.unknown_looks(templates.text("report.toml"), &looks));
    }
    // Profiles are checked even where the city's own words are wrong, so that all problems are told at once.
    let known = vocabulary.as_ref().ok().cloned().or_else(|| Vocabulary::builtin().ok()).unwrap_or_default();
    let rules = rules(&templates, &config, &shown(path)).map_err(|errors| problems.extend(errors));
    let profiles = profile::load(&templates, &known).map_err(|errors| problems.extend(errors));
    match (words, vocabulary, profiles, rules, theme.and_then(|theme| Ok((theme, plan?)))) {
        (Ok(mut words), Ok(vocabulary), Ok(profiles), Ok(rules), Ok((theme, plan)))
            if problems.is_empty() =>
        {
            words.set_severities(&config.severities);
            Ok(Project {
                config,
                config_text,
                templates,
                words,
                vocabulary,
                profiles,
                rules,
                plan,
                theme,
                passwords,
            })
        }
        _ => Err(Failure::new(Exit::Usage, problems.join("\n"))),
    }
}

/// The built-in rules with a city's own over them; hoshin.toml may only choose what they hold.
fn rules(templates: &Templates, config: &Config, config_name: &str) -> Result<Rules, Vec<String>> {
    let text = |text| Text { file: "templates/judgement.toml", text };
    let builtin = Templates::embedded();
    let rules =
        Rules::parse(&[text(builtin.text("judgement.toml")), text(templates.text("judgement.toml"))])?;
    chosen(rules, config, config_name)
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

fn chosen(rules: Rules, config: &Config, config_name: &str) -> Result<Rules, Vec<String>> {
    let unknown = config.unknown_rules(&rules.names());
    if unknown.is_empty() {
        return Ok(rules);
    }
    Err(unknown
        .iter()
        .map(|problem| format!("{config_name} の{}行目: {}", problem.line, problem.message))
        .collect())
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
