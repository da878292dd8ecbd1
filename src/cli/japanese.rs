//! clap's own words in Japanese: headings, usage lines and errors.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use super::Stop;

/// Gives a command and those below it Japanese headings and usage lines.
pub(super) fn dress(command: Command) -> Command {
    let usage = format!("{} コマンド [オプション]", command.get_name());
    let name = command.get_name().to_owned();
    let dressed = wear(command, &usage).subcommand_help_heading("コマンド").subcommand_value_name("コマンド");
    let dressed = dressed.after_help("各コマンドの説明は hoshin コマンド --help で見られます。");
    dressed.mut_subcommands(|below| {
        let words: Vec<_> = below
            .get_positionals()
            .map(|arg| {
                let name =
                    arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
                if arg.is_required_set() { format!("<{name}>") } else { format!("[{name}]") }
            })
            .collect();
        let usage = format!("{name} {} {} [オプション]", below.get_name(), words.join(" "));
        wear(below, &usage.replace("  ", " "))
    })
}

fn wear(command: Command, usage: &str) -> Command {
    const TEMPLATE: &str = "{about}\n\n使い方: {usage}\n\n{all-args}{after-help}";
    command.help_template(TEMPLATE).override_usage(usage.to_owned()).term_width(0).mut_args(|arg| {
        let heading = if arg.is_positional() { "引数" } else { "オプション" };

        // clap would print [default: …] and [possible values: …]; the help texts say both.
        let hidden = arg.get_action().takes_values();
        arg.help_heading(heading).hide_default_value(hidden).hide_possible_values(hidden)
    })
}

/// What clap has to say instead of a parsed command line.
pub(super) fn stop(error: &Error, command: &Command, words: &[OsString]) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Asked(error.render().to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Stop::Wrong(error.render().to_string()),
        _ => Stop::Wrong(format!("{}\n{}", sentence(error), advice(error, command, words))),
    }
}

/// What is wrong.
fn sentence(error: &Error) -> String {
    let said = |kind| said(error, kind);
    let (arg, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => format!("「{arg}」という指定はありません。"),
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません。", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "コマンドを指定してください。".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("「{arg}」の値がありません。{}", choices(error))
        }
        ErrorKind::InvalidValue => format!("「{arg}」に「{value}」は使えません。{}", choices(error)),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            format!(
                "「{arg}」の値が正しくありません。{}。",
                reason.unwrap_or_else(|| format!("「{value}」は使えません"))
            )
        }
        ErrorKind::MissingRequiredArgument => format!("「{arg}」の指定が必要です。"),
        ErrorKind::ArgumentConflict if said(ContextKind::PriorArg) == arg => {
            format!("「{arg}」は1回だけ指定できます。")
        }
        ErrorKind::ArgumentConflict => {
            format!("「{arg}」と「{}」は同時に指定できません。", said(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues => format!("「{arg}」に値は付けられません（「{value}」）。"),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("「{arg}」の値の数が合っていません。")
        }
        ErrorKind::InvalidUtf8 => "読み取れない文字が指定に混じっています。".to_owned(),
        _ => "指定の書き方が正しくありません。".to_owned(),
    }
}

/// What to do: what was probably meant, and where to read more.
fn advice(error: &Error, command: &Command, words: &[OsString]) -> String {
    let kinds = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near: Vec<_> =
        kinds.into_iter().map(|kind| said(error, kind)).filter(|words| !words.is_empty()).collect();
    let near =
        if near.is_empty() { String::new() } else { format!("もしかして: {}\n", near.join("、")) };
    let known =
        |word: &&OsString| command.get_subcommands().any(|below| word.to_str() == Some(below.get_name()));
    let below = words.iter().skip(1).find(known).and_then(|word| word.to_str());
    let help = below.map_or_else(|| "hoshin --help".to_owned(), |below| format!("hoshin {below} --help"));
    format!("{near}使い方は {help} で見られます。")
}

fn choices(error: &Error) -> String {
    let choices = said(error, ContextKind::ValidValue);
    if choices.is_empty() { String::new() } else { format!("使えるのは {choices} です。") }
}

/// A piece of the error, several joined.
fn said(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(word)) => word.clone(),
        Some(ContextValue::Strings(words)) => words.join("、"),
        Some(value @ (ContextValue::Number(_) | ContextValue::StyledStr(_))) => value.to_string(),
        _ => String::new(),
    }
}
