//! The log of a run, in JSON lines.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use tracing::Level;

/// The lines so far. They stay in memory until the month stands: a run that fails must not change the reports folder.
#[derive(Debug, Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Starts to gather what all threads log.
    pub fn start() -> Self {
        let log = Self::default();
        let target = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .with_max_level(Level::INFO)
            .with_writer(move || target.clone())
            .finish();
        // A second run in one process keeps the first one's log.
        _ = tracing::subscriber::set_global_default(subscriber);
        log
    }

    /// All lines so far.
    pub fn lines(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
