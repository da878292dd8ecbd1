//! The worker's side.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::{Brief, Understood, caps, frame, understand};
use crate::config::{self, Config};
use crate::extract::Means;
use crate::model::organisation::Organisation;
use crate::model::passwords::Passwords;
use crate::normalise::Vocabulary;
use crate::profile::{self, Profile};
use crate::templates::Templates;

/// What a worker says, and whether it ends with that.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    /// What it says of the workbook.
    pub answer: Answer,
    /// It has grown too large to wait for another one.
    pub last: bool,
}

/// What a worker says of a workbook.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// What it says follows, an [`Understood`] in JSON.
    Understood,
    /// A bug of ours: where in the program.
    Panicked(String),
}

/// By how many bytes a worker may have grown when it waits for another workbook; beyond that a new one is better.
const GROWTH: u64 = 64 << 20;

/// Where the last panic was.
static PANICKED: Mutex<String> = Mutex::new(String::new());

/// Answers for workbooks on standard output until standard input ends; the exit code of the process.
pub fn serve() -> u8 {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        *PANICKED.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    let done = listen(&mut io::stdin().lock(), &mut io::stdout().lock());
    u8::from(done.is_err())
}

fn listen(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let Some(brief) = frame::read(from, u64::MAX)? else { return Ok(()) };
    let brief: Brief = serde_json::from_slice(&brief)?;
    let Some(ground) = Ground::of(&brief) else { return Err(io::ErrorKind::InvalidInput.into()) };
    let means = ground.means();
    let start = caps::used();
    while let Some(path) = frame::read(from, u64::MAX)? {
        let path = String::from_utf8_lossy(&path);
        let Some(bytes) = frame::read(from, u64::MAX)? else { break };
        // Each anew, so that what earlier workbooks left behind does not decide over this one.
        caps::memory(brief.memory);
        caps::seconds(brief.seconds);
        let answer = catch_unwind(AssertUnwindSafe(|| ground.understand(&path, &bytes, &means)));
        let last = caps::used().saturating_sub(start) > GROWTH;
        let reply = |to: &mut _, answer| frame::write(to, &serde_json::to_vec(&Reply { answer, last })?);
        if let Ok(understood) = answer {
            reply(to, Answer::Understood)?;
            frame::write(to, &understood.to_json())?;
        } else {
            let place = PANICKED.lock().unwrap_or_else(PoisonError::into_inner).clone();
            reply(to, Answer::Panicked(place))?;
        }
        if last {
            break;
        }
    }
    Ok(())
}

/// What the brief's texts say.
struct Ground {
    config: Config,
    vocabulary: Vocabulary,
    profiles: Vec<Profile>,
    organisation: Organisation,
    passwords: Passwords,
}

impl Ground {
    /// The run has found all texts valid, so that `None` means two different programs.
    fn of(brief: &Brief) -> Option<Self> {
        let config = config::parse(&brief.config, "").ok()?;
        let templates = Templates::restored(&brief.templates, []);
        let vocabulary = Vocabulary::in_force(templates.text("vocabulary.toml")).ok()?;
        let profiles = profile::load(&templates, &vocabulary).ok()?;
        let organisation = config.organisation(brief.period);
        let passwords = Passwords::new(brief.passwords.iter().cloned());
        Some(Self { config, vocabulary, profiles, organisation, passwords })
    }

    fn means(&self) -> Means<'_> {
        Means::new(&self.config, &self.vocabulary, &self.profiles, &self.organisation)
    }

    fn understand(&self, path: &str, bytes: &[u8], means: &Means) -> Understood {
        understand(path, bytes, means, &self.config.limits, &self.passwords)
    }
}
