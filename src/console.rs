//! The one place that prints.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};

/// Prints what was asked for, and ends the line. A reader who went away (`| head`) is no error.
pub fn out(text: &str) {
    _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end_matches('\n'));
}

/// Prints what went wrong, or what is going on, and ends the line.
pub fn err(text: &str) {
    _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end_matches('\n'));
}

/// Whether a person reads along: standard output is a terminal, no file and no other program.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// How far a run is: a bar on a terminal, else a line for each stage.
#[derive(Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    silent: bool,
}

impl Progress {
    /// On standard error.
    pub fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| ProgressBar::new(0));
        if let (Some(bar), Ok(style)) =
            (&bar, ProgressStyle::with_template("{prefix} [{bar:24}] {pos}/{len} {msg}"))
        {
            bar.set_style(style);
        }
        Self { bar, silent: false }
    }

    /// Says nothing.
    pub fn silent() -> Self {
        Self { bar: None, silent: true }
    }

    /// A stage of `total` steps begins: 「台帳を読んでいます」.
    pub fn stage(&self, words: &str, total: usize) {
        match &self.bar {
            Some(bar) => {
                bar.reset();
                bar.set_length(total as u64);
                bar.set_prefix(words.to_owned());
                bar.set_message(String::new());
            }
            None if self.silent => {}
            None => err(&format!("{words}（{total}件）")),
        }
    }

    /// A step is done, from any thread; `what` is the file it was about.
    pub fn step(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_owned());
            bar.inc(1);
        }
    }

    /// Everything is done: the bar goes.
    pub fn done(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Default for Progress {
    fn default() -> Self {
        Self::new()
    }
}
