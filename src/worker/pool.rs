//! The run's side: workers that wait for workbooks.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Brief;
use super::process::{Death, Worker};

/// How many times its CPU time a workbook may take by the clock on the wall, which other programs share.
const PATIENCE: u64 = 4;

/// Workers of one run. Each serves one workbook at a time; there are as many as threads that ask.
pub struct Pool {
    program: PathBuf,
    brief: Vec<u8>,
    memory: u64,
    patience: Duration,
    idle: Mutex<Vec<Worker>>,
}

impl Pool {
    /// Workers of a program, which is hoshin itself. None is started before the first workbook.
    pub fn new(program: PathBuf, brief: &Brief) -> Self {
        Self {
            program,
            brief: brief.to_json(),
            memory: brief.memory,
            patience: Duration::from_secs(brief.seconds.saturating_mul(PATIENCE)),
            idle: Mutex::default(),
        }
    }

    /// What a workbook says, as JSON of an [`Understood`](super::Understood), or why that cannot be known. It is asked
    /// once: what harms one worker harms the next.
    pub fn ask(&self, path: &str, bytes: &[u8]) -> Result<Vec<u8>, Death> {
        let mut worker = self.worker()?;
        let (understood, last) = worker.ask(path, bytes, self.patience)?;
        if !last {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok(understood)
    }

    /// A worker that waits, or a new one.
    fn worker(&self) -> Result<Worker, Death> {
        let waiting = || self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        while let Some(mut worker) = waiting() {
            if worker.is_alive() {
                return Ok(worker);
            }
        }
        let worker = Worker::start(&self.program, &self.brief, self.memory);
        worker.map_err(|error| Death::NoWorker(error.to_string()))
    }
}
