//! One worker, as the run sees it: a process with pipes to it.

use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::child::{Answer, Reply};
use super::{WORD, frame};

/// How much of a dying worker's last words is kept, in bytes.
const LAST_WORDS: u64 = 4096;

/// Why a workbook has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Death {
    /// It took too long.
    Time,
    /// It took too much memory.
    Memory,
    /// The program failed over it: where or how, for its developers.
    Crash(String),
    /// No worker can be started: why.
    NoWorker(String),
}

/// A process that reads workbooks; it is ended when it is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Option<Vec<u8>>>>,
    last_words: Option<JoinHandle<Vec<u8>>>,
}

impl Worker {
    /// Starts a program as a worker. Its answers may have as many bytes as its memory.
    pub(super) fn start(program: &Path, brief: &[u8], memory: u64) -> io::Result<Self> {
        let mut command = Command::new(program);
        // What it says as it dies is for the log alone, which wants no backtrace.
        command.env("RUST_BACKTRACE", "0");
        // The allocator takes what it needs from the system, so that the limit of address space counts just that.
        command.env("MIMALLOC_DISALLOW_ARENA_ALLOC", "1");
        command.arg(WORD).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (Some(mut input), Some(mut output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(ErrorKind::BrokenPipe.into());
        };
        let (say, answers) = channel();
        std::thread::spawn(move || {
            loop {
                let answer = frame::read(&mut output, memory);
                let last = !matches!(answer, Ok(Some(_)));
                if say.send(answer).is_err() || last {
                    return;
                }
            }
        });
        let last_words = std::thread::spawn(move || {
            let mut heard = Vec::new();
            // What a dying program says first tells most; a pipe that breaks has said all.
            _ = errors.take(LAST_WORDS).read_to_end(&mut heard);
            heard
        });
        // A worker that is gone already is found out by its silence.
        _ = frame::write(&mut input, brief);
        Ok(Self { child, input, answers, last_words: Some(last_words) })
    }

    /// Whether it still waits: the system may have ended it.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
            && self.answers.try_recv().is_err_and(|error| error == TryRecvError::Empty)
    }

    /// What a workbook says, as JSON of an [`Understood`](super::Understood), and whether the worker ends with that.
    pub(super) fn ask(
        &mut self,
        path: &str,
        bytes: &[u8],
        patience: Duration,
    ) -> Result<(Vec<u8>, bool), Death> {
        // Where the worker dies meanwhile, that is found out by its silence.
        _ = frame::write(&mut self.input, path.as_bytes())
            .and_then(|()| frame::write(&mut self.input, bytes));
        let reply = self.hear(patience)?;
        match serde_json::from_slice(&reply) {
            Ok(Reply { answer: Answer::Understood, last }) => Ok((self.hear(patience)?, last)),
            Ok(Reply { answer: Answer::Panicked(place), .. }) => Err(Death::Crash(place)),
            Err(_) => Err(self.cause()),
        }
    }

    /// The next piece that it says.
    fn hear(&mut self, patience: Duration) -> Result<Vec<u8>, Death> {
        match self.answers.recv_timeout(patience) {
            Ok(Ok(Some(piece))) => Ok(piece),
            Ok(Err(error)) if error.kind() == ErrorKind::FileTooLarge => Err(Death::Memory),
            Ok(_) | Err(RecvTimeoutError::Disconnected) => Err(self.cause()),
            Err(RecvTimeoutError::Timeout) => Err(Death::Time),
        }
    }

    /// Why it is gone.
    fn cause(&mut self) -> Death {
        // It has closed its output, so that it ends by itself or has nothing more to say.
        _ = self.child.kill();
        let status = self.child.wait().ok();
        let words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        cause(status, String::from_utf8_lossy(&words).trim())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// What a process died of, by its end and its last words on standard error.
fn cause(status: Option<ExitStatus>, words: &str) -> Death {
    if is_out_of_time(status) {
        return Death::Time;
    }
    // What Rust's allocator says before it aborts.
    if words.contains("memory allocation of") {
        return Death::Memory;
    }
    let end = status.map(|status| status.to_string()).unwrap_or_default();
    let parts: Vec<_> = [end.as_str(), words].into_iter().filter(|part| !part.is_empty()).collect();
    Death::Crash(parts.join(" / "))
}

/// Whether the system ended a process for its use of CPU time.
#[cfg(unix)]
fn is_out_of_time(status: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    let out_of_time = rustix::process::Signal::XCPU.as_raw();
    status.and_then(|status| status.signal()) == Some(out_of_time)
}

/// Whether the system ended a process for its use of CPU time: here it does not.
#[cfg(not(unix))]
fn is_out_of_time(_status: Option<ExitStatus>) -> bool {
    false
}
