//! What may be typed: clap types alone. Help texts are Japanese, for those who type.

mod japanese;
mod parsers;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::finding::{Code, Severity};
use crate::model::fiscal::Period;

/// Why nothing is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Help or version was asked for: the text for standard output.
    Asked(String),
    /// Wrong usage: the text for standard error (exit code 2).
    Wrong(String),
}

/// Reads the command line; its first word is the program's name.
pub fn parse(words: &[OsString]) -> Result<Command, Stop> {
    let command = described();
    let parsed = command.clone().try_get_matches_from(words).and_then(|found| Cli::from_arg_matches(&found));
    parsed.map(|cli| cli.command).map_err(|error| japanese::stop(&error, &command, words))
}

/// The whole command line in Japanese, for those who describe it.
pub fn described() -> clap::Command {
    japanese::dress(Cli::command())
}

/// The same without what only packages call: what a shell should offer.
pub fn offered() -> clap::Command {
    let whole = described();
    let below = whole.get_subcommands().filter(|below| !below.is_hide_set()).cloned();
    let offered = clap::Command::new("hoshin").version(env!("CARGO_PKG_VERSION"));
    let offered = offered.disable_help_flag(true).disable_version_flag(true).disable_help_subcommand(true);
    offered.args(whole.get_arguments().cloned()).subcommands(below.collect::<Vec<_>>())
}

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "hoshin",
    version,
    about = "庁内の課が持つ Excel の台帳を月に一度読み、統合したブックと PDF の報告書を作ります。",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[arg(long, short = 'h', global = true, action = ArgAction::Help, display_order = 1000, help = "この説明を表示する")]
    help: Option<bool>,
    #[arg(long, short = 'V', action = ArgAction::Version, display_order = 1001, help = "版を表示する")]
    version: Option<bool>,
}

/// What hoshin does.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Reads all, writes the month.
    #[command(about = "台帳をすべて読み、その月の報告書を作る")]
    Run(RunArgs),
    /// Reads and judges, writes nothing.
    #[command(about = "台帳を読んで確かめ、指摘を表示する（何も書き込まない）")]
    Check(CheckArgs),
    /// How a workbook was understood.
    #[command(about = "1つの台帳をどう読み取ったかを表示する")]
    Inspect(InspectArgs),
    /// Where figures come from.
    #[command(about = "指標や取組みの値が、どの台帳のどのセルから来たかを表示する")]
    Trace(TraceArgs),
    /// What a finding's code means.
    #[command(about = "指摘のコードの意味と直し方を表示する")]
    Explain(ExplainArgs),
    /// Closes a month.
    #[command(about = "月を確定する（帳票の「暫定」を消し、作り直せなくする）")]
    Freeze(FreezeArgs),
    /// A month's reports again, from its snapshot.
    #[command(about = "作った月の報告書を、snapshot.json だけからもう一度作る")]
    Render(RenderArgs),
    /// Forms for divisions.
    #[command(about = "課ごとに、分かっている値を入れた記入用の様式（Excel）を作る")]
    Form(FormArgs),
    /// The answers of divisions as lines for hoshin.toml.
    #[command(about = "課から返ってきた差戻しの表を読み、hoshin.toml に貼り付ける行を表示する")]
    Answers(AnswersArgs),
    /// The unit, crontab line or task of the monthly run.
    #[command(about = "毎月の自動実行の設定を表示する")]
    Schedule(ScheduleArgs),
    /// A new project folder.
    #[command(about = "hoshin を始めるフォルダー（hoshin.toml・templates・input・reports）を作る")]
    Init(InitArgs),
    /// Man pages and completions, for packages.
    #[command(about = "マニュアルと、コマンドの補完のファイルを作る（パッケージ用）", hide = true)]
    InstallFiles(InstallFilesArgs),
}

/// Which month is read from where.
#[derive(Debug, Clone, Args)]
pub struct MonthArgs {
    /// Folder of the workbooks.
    #[arg(
        long,
        value_name = "フォルダー",
        help = "台帳のフォルダー（省略すると input/年月、なければ input）"
    )]
    pub input: Option<PathBuf>,
    /// Where the reports are.
    #[command(flatten)]
    pub reports: ReportsArgs,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Reporting month.
    #[arg(long, value_name = "YYYY-MM", help = "対象の月（省略すると日本の今日の前の月）")]
    pub period: Option<Period>,
    /// Day that is printed.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parsers::day, help = "帳票に印刷する日（省略すると日本の今日）")]
    pub as_of: Option<NaiveDate>,
    /// How many workbooks are read at a time.
    #[arg(long, value_name = "数", value_parser = parsers::jobs, help = "同時に進める作業の数（省略すると自動）")]
    pub jobs: Option<NonZeroUsize>,
    /// Severity from which the exit code is 1.
    #[arg(
        long,
        value_name = "重さ",
        help = "この重さ以上の指摘があれば終了コードを 1 にする（error・warning・note）"
    )]
    pub fail_on: Option<Level>,
    /// Reads a month that is over from today's workbooks.
    #[arg(long, help = "過ぎた月を、今の台帳で作る（帳票にその旨を印刷する）")]
    pub late: bool,
    /// Goes on with few workbooks.
    #[arg(long, help = "台帳が前回の半分より少なくても続ける")]
    pub allow_gaps: bool,
}

/// Where the reports are.
#[derive(Debug, Clone, Args)]
pub struct ReportsArgs {
    /// Folder of the reports.
    #[arg(
        long,
        value_name = "フォルダー",
        default_value = "reports",
        help = "報告書のフォルダー（省略すると reports）"
    )]
    pub output: PathBuf,
}

/// Which project.
#[derive(Debug, Clone, Args)]
pub struct ProjectArgs {
    /// hoshin.toml; `None` for the one here, which need not exist.
    #[arg(long, value_name = "ファイル", help = "設定ファイル（省略すると hoshin.toml）")]
    pub config: Option<PathBuf>,
}

/// `hoshin run`.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// Which month is read from where.
    #[command(flatten)]
    pub month: MonthArgs,
    /// Composes everything, writes nothing.
    #[arg(long, help = "報告書をすべて組み立てるが、何も書き込まない")]
    pub dry_run: bool,
    /// Makes a new edition of a closed month.
    #[arg(long, help = "確定した月を訂正する（訂正の版と正誤表を作る）")]
    pub correct: bool,
    /// Does nothing where the month stands.
    #[arg(long, help = "その月の報告書がすでにあれば何もしない（自動実行用）")]
    pub if_due: bool,
    /// A command of the shell that gets the outcome on its standard input.
    #[arg(
        long,
        value_name = "命令",
        help = "終わったら（失敗しても）この命令を動かし、実行結果.txt と同じものを標準入力に渡す"
    )]
    pub notify_command: Option<String>,
}

/// `hoshin check`.
#[derive(Debug, Clone, Args)]
pub struct CheckArgs {
    /// Which month is read from where.
    #[command(flatten)]
    pub month: MonthArgs,
    /// Rules to try instead.
    #[arg(
        long,
        value_name = "ファイル",
        help = "判定の規則をこのファイルに変えたら、どの判定が変わるかを表示する（指摘は表示しない）"
    )]
    pub what_if: Option<PathBuf>,
    /// Every finding on a terminal too.
    #[arg(long, help = "画面でも、指摘をすべて表示する（省略すると重いものから一画面分）")]
    pub all: bool,
}

/// `hoshin trace`.
#[derive(Debug, Clone, Args)]
pub struct TraceArgs {
    /// Part of a name.
    #[arg(value_name = "言葉", help = "指標や取組みの名前の一部（全角・半角などの違いは問わない）")]
    pub word: String,
    /// Folder of the workbooks.
    #[arg(
        long,
        value_name = "フォルダー",
        help = "台帳のフォルダー（指定すると、報告書でなく今の台帳の値を調べる）"
    )]
    pub input: Option<PathBuf>,
    /// Where the reports are.
    #[command(flatten)]
    pub reports: ReportsArgs,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
    /// Last month that is looked at.
    #[arg(long, value_name = "YYYY-MM", help = "調べる月（省略すると最も新しい報告書の月）")]
    pub period: Option<Period>,
}

/// `hoshin inspect`.
#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    /// The workbook.
    #[arg(value_name = "台帳", help = "調べる台帳（xlsx・xlsm・xls・xlsb・ods）")]
    pub workbook: PathBuf,
    /// Text or JSON.
    #[arg(
        long,
        value_name = "形式",
        default_value = "text",
        help = "表示の形式（text・json。省略すると text）"
    )]
    pub format: Format,
    /// Drafts a profile instead.
    #[arg(long, help = "見出しだけでは読めない表のために、プロファイルの下書きを表示する")]
    pub suggest_profile: bool,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// `hoshin explain`.
#[derive(Debug, Clone, Args)]
pub struct ExplainArgs {
    /// The code; all where absent.
    #[arg(value_name = "コード", value_parser = parsers::code, help = "指摘のコード（省略するとすべて）")]
    pub code: Option<Code>,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// `hoshin freeze`.
#[derive(Debug, Clone, Args)]
pub struct FreezeArgs {
    /// The month.
    #[arg(value_name = "YYYY-MM", help = "確定する月")]
    pub period: Period,
    /// Where the reports are.
    #[command(flatten)]
    pub reports: ReportsArgs,
    /// Day of closing.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parsers::day, help = "確定した日（省略すると日本の今日）")]
    pub as_of: Option<NaiveDate>,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// `hoshin render`.
#[derive(Debug, Clone, Args)]
pub struct RenderArgs {
    /// The month's `data/snapshot.json`.
    #[arg(value_name = "SNAPSHOT.json", help = "作り直す月の data/snapshot.json")]
    pub snapshot: PathBuf,
    /// Folder for the reports; must be new or empty.
    #[arg(long, value_name = "フォルダー", help = "報告書を書き込むフォルダー（新しい名前か、空のもの）")]
    pub output: PathBuf,
}

/// `hoshin form`.
#[derive(Debug, Clone, Args)]
pub struct FormArgs {
    /// Folder of the forms.
    #[arg(
        long,
        value_name = "フォルダー",
        default_value = "様式",
        help = "様式を作るフォルダー（省略すると 様式）"
    )]
    pub output: PathBuf,
    /// Folder of the reports.
    #[arg(
        long,
        value_name = "フォルダー",
        default_value = "reports",
        help = "値を取り出す報告書のフォルダー（省略すると reports の最も新しい月）"
    )]
    pub reports: PathBuf,
    /// Folder of the workbooks.
    #[arg(
        long,
        value_name = "フォルダー",
        help = "台帳のフォルダー（指定すると、報告書でなく今の台帳の値を入れる）"
    )]
    pub input: Option<PathBuf>,
    /// The month.
    #[arg(long, value_name = "YYYY-MM", help = "値を取り出す月（省略すると最も新しい報告書の月）")]
    pub period: Option<Period>,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// `hoshin answers`.
#[derive(Debug, Clone, Args)]
pub struct AnswersArgs {
    /// Folder of the returned sheets.
    #[arg(
        value_name = "フォルダー",
        help = "返ってきた差戻しの表を入れたフォルダー（下のフォルダーも読む）"
    )]
    pub folder: PathBuf,
    /// hoshin.toml.
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// `hoshin schedule`.
#[derive(Debug, Clone, Args)]
pub struct ScheduleArgs {
    /// For which scheduler.
    #[arg(long, value_name = "種類", help = "何で自動実行するか（systemd・cron・windows）")]
    pub target: Target,
    /// Folder for the files; printed where absent.
    #[arg(
        long,
        value_name = "フォルダー",
        help = "設定をファイルとして書き込むフォルダー（省略すると表示する）"
    )]
    pub output: Option<PathBuf>,
}

/// `hoshin init`.
#[derive(Debug, Clone, Args)]
pub struct InitArgs {
    /// The folder.
    #[arg(value_name = "フォルダー", help = "作るフォルダー（いまのフォルダーに作るときは「.」と書く）")]
    pub folder: PathBuf,
}

/// `hoshin install-files`.
#[derive(Debug, Clone, Args)]
pub struct InstallFilesArgs {
    /// Folder that stands for `/usr/share`.
    #[arg(long, value_name = "フォルダー", help = "/usr/share に当たるフォルダー")]
    pub output: PathBuf,
}

/// How `inspect` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    #[value(help = "画面で読むための文章")]
    Text,
    /// For programs.
    #[value(help = "ほかのプログラムのための JSON")]
    Json,
}

/// Which scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Target {
    /// A service and a timer.
    #[value(help = "Linux の systemd")]
    Systemd,
    /// A crontab line.
    #[value(help = "Linux などの cron")]
    Cron,
    /// Task Scheduler's XML.
    #[value(help = "Windows のタスク スケジューラ")]
    Windows,
}

/// The severity that `--fail-on` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Errors alone.
    #[value(help = "エラー")]
    Error,
    /// Errors and warnings.
    #[value(help = "要確認以上")]
    Warning,
    /// Any finding.
    #[value(help = "すべての指摘")]
    Note,
}

impl Level {
    /// The severity itself.
    pub fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
        }
    }
}
