//! A command of the shell that gets a text on its standard input and may take so long and no longer.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// Why nobody may have been told.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The operating system did not start it.
    NotStarted(io::Error),
    /// It ended with this exit code; `None` where something else ended it.
    Failed(Option<i32>),
    /// It took longer than the limit and was ended, with what it had started.
    Hung,
}

/// Runs a command. Whether it reads the text is its own affair.
pub(super) fn deliver(
    command: &str,
    facts: &[(&str, OsString)],
    text: Vec<u8>,
    limit: Duration,
) -> Result<(), Trouble> {
    let mut shell = shell(command);
    shell.envs(facts.iter().map(|(name, value)| (name, value))).stdin(Stdio::piped());
    let mut child = shell.spawn().map_err(Trouble::NotStarted)?;
    if let Some(mut input) = child.stdin.take() {
        // A thread of its own, that nobody waits for: a command that does not read would hold up the run.
        thread::spawn(move || _ = input.write_all(&text));
    }
    let number = child.id();
    let Some(status) = ended(child, limit) else {
        end(number);
        return Err(Trouble::Hung);
    };
    let status = status.map_err(Trouble::NotStarted)?;
    if status.success() { Ok(()) } else { Err(Trouble::Failed(status.code())) }
}

/// Waits, but not for ever: `None` where it is still at it.
fn ended(mut child: Child, limit: Duration) -> Option<io::Result<ExitStatus>> {
    let (done, waiting) = mpsc::channel();
    thread::spawn(move || _ = done.send(child.wait()));
    waiting.recv_timeout(limit).ok()
}

/// The shell, the first of a process group of its own, so that what it starts can be ended with it.
#[cfg(unix)]
fn shell(command: &str) -> Command {
    use std::os::unix::process::CommandExt;
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", command]).process_group(0);
    shell
}

/// The shell. What stands behind /C is its own notation, not that of other programs' arguments.
#[cfg(windows)]
fn shell(command: &str) -> Command {
    use std::os::windows::process::CommandExt;
    let mut shell = Command::new("cmd");
    shell.arg("/C").raw_arg(command);
    shell
}

/// Ends a shell and everything that it started and that has not left its group.
#[cfg(unix)]
fn end(number: u32) {
    let mut kill = Command::new("/bin/sh");
    kill.args(["-c", "kill -s KILL -- \"-$1\"", "sh", &number.to_string()]);
    quietly(&mut kill);
}

/// Ends a shell and everything that it started.
#[cfg(windows)]
fn end(number: u32) {
    quietly(Command::new("taskkill").args(["/T", "/F", "/PID", &number.to_string()]));
}

fn quietly(command: &mut Command) {
    _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

    use super::*;

    fn told(command: &str, limit: Duration) -> Result<(), Trouble> {
        deliver(command, &[], b"page".to_vec(), limit)
    }

    #[test]
    fn what_hangs_is_ended_with_its_children() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo starts");
        assert!(made.success());
        let command = format!("exec 3>'{}'; echo started >&3; sleep 600 & wait", pipe.display());
        let (gone, waiting) = mpsc::channel();
        // It ends when everybody is gone who could write.
        thread::spawn(move || _ = gone.send(std::fs::read_to_string(pipe)));
        let told = told(&command, Duration::from_secs(2));
        assert!(matches!(told, Err(Trouble::Hung)), "{told:?}");
        let wrote = waiting.recv_timeout(Duration::from_mins(1)).expect("nobody is left");
        assert_eq!(wrote.expect("read"), "started\n");
    }

    #[test]
    fn how_it_ended_is_told() {
        let minute = Duration::from_mins(1);
        assert!(told("cat >/dev/null", minute).is_ok());
        assert!(told("true", minute).is_ok(), "whether it reads is its own affair");
        assert!(matches!(told("exit 7", minute), Err(Trouble::Failed(Some(7)))));
        assert!(matches!(told("kill -s KILL $$", minute), Err(Trouble::Failed(None))));
    }

    #[test]
    fn more_than_a_pipe_holds_is_no_trouble() {
        let text = vec![b'x'; 1 << 20];
        assert!(deliver("sleep 0; exec <&-", &[], text.clone(), Duration::from_mins(1)).is_ok());
        let counted = deliver("test $(wc -c) = 1048576", &[], text, Duration::from_mins(1));
        assert!(counted.is_ok(), "{counted:?}");
    }
}
