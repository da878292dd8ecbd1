//! One file for each command; here what they share: dispatch, the one place where errors are printed and exit codes
//! are chosen.

mod answers;
mod check;
mod correct;
mod excerpt;
mod exit;
mod explain;
mod form;
mod freeze;
mod init;
mod inspect;
mod install;
mod log;
mod notify;
mod passwords;
mod project;
mod render;
mod run;
mod schedule;
mod summary;
mod trace;

use std::ffi::OsString;

pub use exit::{Exit, Failure};

use crate::cli::{self, Command, Stop};
use crate::{console, worker};

/// Runs a command line (its first word is the program's name) and returns the exit code of the process.
pub fn main(words: &[OsString]) -> u8 {
    if worker::is_asked(words) {
        return worker::serve();
    }
    let exit = match cli::parse(words) {
        Ok(command) => dispatch(&command).unwrap_or_else(|failure| {
            console::err(&failure.message);
            failure.exit
        }),
        Err(Stop::Asked(text)) => {
            console::out(&text);
            Exit::Done
        }
        Err(Stop::Wrong(text)) => {
            console::err(&text);
            Exit::Usage
        }
    };
    exit.code()
}

fn dispatch(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Run(args) => notify::told(args, |notice| run::run(args, notice)),
        Command::Check(args) => check::check(args),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Trace(args) => trace::trace(args),
        Command::Form(args) => form::form(args),
        Command::Answers(args) => answers::answers(args),
        Command::Explain(args) => explain::explain(args),
        Command::Freeze(args) => freeze::freeze(args),
        Command::Render(args) => render::render(args),
        Command::Schedule(args) => schedule::schedule(args),
        Command::Init(args) => init::init(args),
        Command::InstallFiles(args) => install::install_files(args),
    }
}
