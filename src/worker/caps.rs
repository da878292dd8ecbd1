//! The limits that the operating system holds a worker to.

/// How many bytes of address space this process has, as far as the system tells.
#[cfg(unix)]
pub(super) fn used() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").ok();
    let pages = pages.and_then(|text| text.split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
    pages.saturating_mul(rustix::param::page_size() as u64)
}

/// The program's allocator, for workers and for everything else.
#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Lets this process take no more than so many bytes beyond what it has now.
#[cfg(unix)]
pub(super) fn memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let current = Some(used().saturating_add(bytes));
    let maximum = getrlimit(Resource::As).maximum;
    // Where the system refuses, the reader's own limits still hold.
    _ = setrlimit(Resource::As, Rlimit { current, maximum });
    // A worker that dies of a workbook leaves no image of its memory.
    _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

/// Lets this process take no more than so many seconds of CPU time from now on.
#[cfg(unix)]
pub(super) fn seconds(seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let spent = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
    let maximum = getrlimit(Resource::Cpu).maximum;
    // The kernel counts whole seconds: one more, so that none is cut short.
    let current = Some(spent.saturating_add(seconds).saturating_add(1));
    _ = setrlimit(Resource::Cpu, Rlimit { current, maximum });
}

/// How many bytes this process has.
#[cfg(not(unix))]
pub(super) fn used() -> u64 {
    ALLOCATOR.allocated() as u64
}

/// Lets this process take no more than so many bytes beyond what it has now.
#[cfg(not(unix))]
pub(super) fn memory(bytes: u64) {
    let most = ALLOCATOR.allocated().saturating_add(usize::try_from(bytes).unwrap_or(usize::MAX));
    _ = ALLOCATOR.set_limit(most);
}

/// Where no system call limits memory, the allocator does.
#[cfg(not(unix))]
#[global_allocator]
static ALLOCATOR: cap::Cap<std::alloc::System> = cap::Cap::new(std::alloc::System, usize::MAX);

/// Here only the run's own clock watches a worker.
#[cfg(not(unix))]
pub(super) fn seconds(_seconds: u64) {}
