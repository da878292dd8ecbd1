//! The run's side: workers that wait for workbooks.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::Duration;

use super::process::{Death, Worker};
use super::{Brief, Understood};

/// How many times its CPU time a workbook may take by the clock on the wall, which other programs share.
const PATIENCE: u64 = 4;

/// Workers of one run. Each serves one workbook at a time; there are as many as threads that ask.
///
/// All workers together keep the limit of memory: each has its share of it, and a workbook for which the share is too
/// small is read once more alone, with all of it. So what becomes of a workbook does not depend on how many are read at
/// a time.
pub struct Pool {
    program: PathBuf,
    patience: Duration,
    shared: Terms,
    alone: Terms,
    /// Held by all who ask, alone by whoever needs all the memory.
    room: RwLock<()>,
    idle: Mutex<Vec<Worker>>,
}

/// What a worker is started with.
#[derive(PartialEq, Eq)]
struct Terms {
    brief: Vec<u8>,
    memory: u64,
}

impl Terms {
    fn new(brief: &Brief, memory: u64) -> Self {
        let brief = Brief { memory, ..brief.clone() };
        // Plain structs of texts and numbers always have a JSON form.
        Self { brief: serde_json::to_vec(&brief).unwrap_or_default(), memory }
    }
}

impl Pool {
    /// Workers of a program, which is hoshin itself, for so many threads. None is started before the first workbook.
    pub fn new(program: PathBuf, brief: &Brief, threads: NonZeroU64) -> Self {
        Self {
            program,
            patience: Duration::from_secs(brief.seconds.saturating_mul(PATIENCE)),
            shared: Terms::new(brief, brief.memory / threads),
            alone: Terms::new(brief, brief.memory),
            room: RwLock::default(),
            idle: Mutex::default(),
        }
    }

    /// What a workbook says, or why that cannot be known.
    pub fn ask(&self, path: &str, bytes: &[u8]) -> Result<Understood, Death> {
        let shared = {
            let _room = self.room.read().unwrap_or_else(PoisonError::into_inner);
            self.ask_shared(path, bytes)
        };
        match shared {
            Err(Death::Memory) if self.shared != self.alone => {
                let _room = self.room.write().unwrap_or_else(PoisonError::into_inner);
                // Those who wait hold memory, too.
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
                self.start(&self.alone)?.ask(path, bytes, self.patience)
            }
            answer => answer,
        }
    }

    fn ask_shared(&self, path: &str, bytes: &[u8]) -> Result<Understood, Death> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = idle {
            match self.ask_of(worker, path, bytes) {
                // What earlier workbooks left behind in a worker must not decide over this one.
                Err(Death::Memory | Death::Crash(_)) => {}
                answer => return answer,
            }
        }
        self.ask_of(self.start(&self.shared)?, path, bytes)
    }

    /// Asks a worker, who then waits for another workbook if it lives.
    fn ask_of(&self, mut worker: Worker, path: &str, bytes: &[u8]) -> Result<Understood, Death> {
        let understood = worker.ask(path, bytes, self.patience)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(understood)
    }

    fn start(&self, terms: &Terms) -> Result<Worker, Death> {
        let worker = Worker::start(&self.program, &terms.brief, terms.memory);
        worker.map_err(|error| Death::NoWorker(error.to_string()))
    }
}
