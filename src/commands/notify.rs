//! `--notify-command`: whoever waits for the month is told, whatever came of it. What becomes of the command changes
//! neither the reports nor the exit code.

mod shell;

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Exit, Failure};
use crate::cli::RunArgs;
use crate::console;
use crate::discover::shown;
use crate::io_reason::io_reason;
use crate::model::fiscal::Period;
use crate::pipeline::Settings;

/// How long the command may take.
const LIMIT: Duration = Duration::from_mins(1);

/// The page of a month's folder that is handed on.
const PAGE: &str = "実行結果.txt";

/// What is known of a run so far, for those who are told of it.
#[derive(Debug, Default)]
pub(super) struct Notice {
    city: Option<String>,
    period: Option<Period>,
    month: Option<PathBuf>,
    said: Option<String>,
    silent: bool,
}

impl Notice {
    /// Which month it is about.
    pub fn about(&mut self, settings: &Settings) {
        self.city = Some(settings.project.config.city.clone());
        self.period = Some(settings.period);
    }

    /// The month stands in this folder.
    pub fn placed(&mut self, month: &Path) {
        self.month = Some(month.to_path_buf());
    }

    /// Nothing was due: nobody is told.
    pub fn nothing_due(&mut self) {
        self.silent = true;
    }

    /// All is well, and yet no month was written, for this reason.
    pub fn nothing_to_write(&mut self, why: String) {
        self.said = Some(why);
    }

    /// The month's own page where it was written, else one of the same kind.
    fn page(&self, exit: Exit, failure: Option<&str>, reports: &Path) -> Vec<u8> {
        let own = self.month.as_ref().and_then(|month| std::fs::read(month.join(PAGE)).ok());
        own.unwrap_or_else(|| self.without_month(exit, failure, reports).into_bytes())
    }

    fn without_month(&self, exit: Exit, failure: Option<&str>, reports: &Path) -> String {
        let mut page = format!("{}　月次集計の実行結果\n\n", self.city.as_deref().unwrap_or("hoshin"));
        if let Some(period) = self.period {
            _ = writeln!(page, "対象の月　　{}年{}月", period.year, period.month);
        }
        _ = writeln!(page, "終了コード　{}（{}）", exit.code(), exit.meaning());
        let place = self.month.as_ref().map_or_else(
            || format!("新しいものはできていません。「{}」の報告書は前のままです。", shown(reports)),
            |month| format!("「{}」にあります。", shown(month)),
        );
        _ = writeln!(page, "報告書　　　{place}");
        let happened = failure.or(self.said.as_deref()).unwrap_or(exit.meaning());
        _ = write!(page, "\n■ 起きたこと\n{}\n", happened.trim_end());
        if failure.is_some() {
            _ = write!(page, "\n■ していただきたいこと\n{}\n", exit.advice());
        }
        page
    }
}

/// Runs the month and then tells of it.
pub(super) fn told(
    args: &RunArgs,
    run: impl FnOnce(&mut Notice) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let mut notice = Notice { period: args.month.period, ..Notice::default() };
    let Some(command) = args.notify_command.as_deref().filter(|_| !args.dry_run) else {
        return run(&mut notice);
    };
    let ended = catch_unwind(AssertUnwindSafe(|| run(&mut notice)));
    let (exit, failure) = match &ended {
        Ok(Ok(exit)) => (*exit, None),
        Ok(Err(failure)) => (failure.exit, Some(failure.message.as_str())),
        Err(_) => {
            (Exit::NotWritten, Some("hoshin の内部で誤りが起きたので止まりました。開発者に知らせてください"))
        }
    };
    if !notice.silent {
        let reports = &args.month.reports.output;
        let page = notice.page(exit, failure, reports);
        let reports = std::path::absolute(reports).unwrap_or_else(|_| reports.clone());
        let period = notice.period.map(|period| period.to_string()).unwrap_or_default();
        let facts = [
            ("HOSHIN_EXIT", exit.code().to_string().into()),
            ("HOSHIN_PERIOD", period.into()),
            ("HOSHIN_REPORTS", reports.into_os_string()),
        ];
        if let Err(trouble) = shell::deliver(command, &facts, page, LIMIT) {
            console::err(&complaint(&trouble));
        }
    }
    ended.unwrap_or_else(|bug| resume_unwind(bug))
}

fn complaint(trouble: &shell::Trouble) -> String {
    let what = match trouble {
        shell::Trouble::NotStarted(error) => format!("を始められませんでした（{}）", io_reason(error)),
        shell::Trouble::Failed(Some(code)) => format!("が終了コード {code} で失敗しました"),
        shell::Trouble::Failed(None) => "が途中で止められました".to_owned(),
        shell::Trouble::Hung => format!("が {}秒たっても終わらないので、止めました", LIMIT.as_secs()),
    };
    format!("知らせの命令（--notify-command）{what}。報告書と終了コードには影響ありません。")
}
