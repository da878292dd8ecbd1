/* A fault layer for tests: stands between the program and the C library (LD_PRELOAD) and does at a chosen operation what
 * the environment says. Operations that change something below a folder, and reads below a folder, are counted apart.
 *
 *   LAYER_BELOW    absolute folder whose changes count          LAYER_READ_BELOW   ... whose reads count
 *   LAYER_AT       the number of the change, from 1             LAYER_READ_AT      ... of the read
 *   LAYER_DO       what happens at it                           LAYER_READ_DO
 *   LAYER_ONLY     only these count: "rename,renameat2"
 *   LAYER_TRACE    a file that gets a line for each change: number, operation, path
 *   LAYER_EXCHANGE errno with which every RENAME_EXCHANGE fails, not counted
 *   LAYER_FLOCK    errno with which every flock fails
 *   LAYER_CLOCK    seconds by which the wall clock is shifted
 *
 * What happens: "kill" (half of a write is done before), "28" (fails once with errno 28), "28+" (from then on), "block:500"
 * and "block:500+" (waits for milliseconds, then goes on), "meet" (writes @ to standard output, goes on when standard
 * input gives a byte or ends).
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define ROOM (2 * PATH_MAX)

enum act { NOTHING, KILL, FAIL, BLOCK, MEET };

struct plan {
    const char *below;
    long at;
    enum act act;
    long number; /* errno or milliseconds */
    int on;      /* from then on */
    atomic_long count;
};

static struct plan changes, reads;
static const char *only;
static int trace = -1, exchange_errno, flock_errno;
static long clock_shift;

static long number(const char *name)
{
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

static void read_plan(struct plan *plan, const char *below, const char *at, const char *what)
{
    const char *text = getenv(what);
    plan->below = getenv(below);
    plan->at = number(at);
    if (!text)
        return;
    plan->on = text[0] && text[strlen(text) - 1] == '+';
    if (!strcmp(text, "kill"))
        plan->act = KILL;
    else if (!strcmp(text, "meet"))
        plan->act = MEET;
    else if (!strncmp(text, "block:", 6)) {
        plan->act = BLOCK;
        plan->number = atol(text + 6);
    } else {
        plan->act = FAIL;
        plan->number = atol(text);
    }
}

__attribute__((constructor)) static void start(void)
{
    const char *path = getenv("LAYER_TRACE");
    read_plan(&changes, "LAYER_BELOW", "LAYER_AT", "LAYER_DO");
    read_plan(&reads, "LAYER_READ_BELOW", "LAYER_READ_AT", "LAYER_READ_DO");
    only = getenv("LAYER_ONLY");
    exchange_errno = (int)number("LAYER_EXCHANGE");
    flock_errno = (int)number("LAYER_FLOCK");
    clock_shift = number("LAYER_CLOCK");
    if (path)
        trace = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

/* The absolute path that a call means, without resolving links. */
static void whole(int folder, const char *path, char *out)
{
    char base[PATH_MAX] = "", link[64];
    /* Rust asks with a null path whether statx is there at all. */
    if (!path)
        path = "";
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    if (path[0] == '/') {
        snprintf(out, ROOM, "%s", path);
        return;
    }
    if (folder == AT_FDCWD)
        snprintf(link, sizeof link, "/proc/self/cwd");
    else
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    if (syscall(SYS_readlinkat, AT_FDCWD, link, base, sizeof base - 1) < 0)
        base[0] = 0;
    snprintf(out, ROOM, path[0] ? "%s/%s" : "%s", base, path);
}

static int is_below(const char *folder, const char *path)
{
    size_t length = folder ? strlen(folder) : 0;
    return length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int listed(const char *name)
{
    size_t length = strlen(name);
    for (const char *at = only; at && (at = strstr(at, name)); at += length)
        if ((at == only || at[-1] == ',') && (at[length] == ',' || !at[length]))
            return 1;
    return !only;
}

/* Counts an operation; returns whether its plan is due. */
static int due(struct plan *plan, const char *name, int folder, const char *path)
{
    char full[ROOM], line[ROOM + 64];
    int known = errno;
    long count;
    if (!plan->below)
        return 0;
    whole(folder, path, full);
    errno = known;
    if (!is_below(plan->below, full) || (plan == &changes && !listed(name)))
        return 0;
    count = atomic_fetch_add(&plan->count, 1) + 1;
    if (plan == &changes && trace >= 0) {
        int length = snprintf(line, sizeof line, "%ld\t%s\t%s\n", count, name, full);
        syscall(SYS_write, trace, line, length);
    }
    return plan->at && (count == plan->at || (plan->on && count > plan->at));
}

/* Does what is due; returns 1 with errno set where the operation fails. */
static int act(struct plan *plan)
{
    char byte;
    struct timespec wait = { plan->number / 1000, plan->number % 1000 * 1000000 };
    switch (plan->act) {
    case KILL:
        kill(getpid(), SIGKILL);
        pause();
        return 1;
    case FAIL:
        errno = (int)plan->number;
        return 1;
    case BLOCK:
        while (nanosleep(&wait, &wait) && errno == EINTR)
            ;
        return 0;
    case MEET:
        syscall(SYS_write, 1, "@", 1);
        syscall(SYS_read, 0, &byte, 1);
        return 0;
    default:
        return 0;
    }
}

static int hit(struct plan *plan, const char *name, int folder, const char *path)
{
    return due(plan, name, folder, path) && act(plan);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Opening counts as a change where it is for writing, else as a read. */
static int opens(int folder, const char *path, int flags)
{
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_CREAT);
    return hit(writes ? &changes : &reads, "open", folder, path);
}

#define OPEN(name)                                           \
    int name(const char *path, int flags, ...)               \
    {                                                        \
        va_list rest;                                        \
        va_start(rest, flags);                               \
        mode_t mode = va_arg(rest, mode_t);                  \
        va_end(rest);                                        \
        return opens(AT_FDCWD, path, flags) ? -1 : REAL(name)(path, flags, mode); \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                         \
    int name(int folder, const char *path, int flags, ...)   \
    {                                                        \
        va_list rest;                                        \
        va_start(rest, flags);                               \
        mode_t mode = va_arg(rest, mode_t);                  \
        va_end(rest);                                        \
        return opens(folder, path, flags) ? -1 : REAL(name)(folder, path, flags, mode); \
    }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (due(&changes, "write", fd, "")) {
        if (changes.act == KILL)
            syscall(SYS_write, fd, bytes, size / 2);
        if (act(&changes))
            return -1;
    }
    return REAL(write)(fd, bytes, size);
}

#define CHANGE(type, name, folder, path, declared, given)    \
    type name declared                                       \
    {                                                        \
        return hit(&changes, #name, folder, path) ? -1 : REAL(name) given; \
    }
CHANGE(ssize_t, writev, fd, "", (int fd, const struct iovec *parts, int count), (fd, parts, count))
CHANGE(ssize_t, pwrite64, fd, "", (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
CHANGE(ssize_t, copy_file_range, to, "", (int from, off64_t *in, int to, off64_t *out, size_t size, unsigned flags),
    (from, in, to, out, size, flags))
CHANGE(int, fsync, fd, "", (int fd), (fd))
CHANGE(int, fdatasync, fd, "", (int fd), (fd))
CHANGE(int, ftruncate64, fd, "", (int fd, off64_t size), (fd, size))
CHANGE(int, mkdir, AT_FDCWD, path, (const char *path, mode_t mode), (path, mode))
CHANGE(int, mkdirat, folder, path, (int folder, const char *path, mode_t mode), (folder, path, mode))
CHANGE(int, unlink, AT_FDCWD, path, (const char *path), (path))
CHANGE(int, unlinkat, folder, path, (int folder, const char *path, int flags), (folder, path, flags))
CHANGE(int, rmdir, AT_FDCWD, path, (const char *path), (path))
CHANGE(int, rename, AT_FDCWD, to, (const char *from, const char *to), (from, to))
CHANGE(int, renameat, there, to, (int here, const char *from, int there, const char *to), (here, from, there, to))
CHANGE(int, link, AT_FDCWD, to, (const char *from, const char *to), (from, to))
CHANGE(int, linkat, there, to, (int here, const char *from, int there, const char *to, int flags),
    (here, from, there, to, flags))

int renameat2(int here, const char *from, int there, const char *to, unsigned flags)
{
    if (exchange_errno && (flags & RENAME_EXCHANGE)) {
        errno = exchange_errno;
        return -1;
    }
    return hit(&changes, "renameat2", there, to) ? -1 : REAL(renameat2)(here, from, there, to, flags);
}

#define READ(type, wrong, name, folder, path, declared, given) \
    type name declared                                       \
    {                                                        \
        return hit(&reads, #name, folder, path) ? wrong : REAL(name) given; \
    }
READ(ssize_t, -1, read, fd, "", (int fd, void *bytes, size_t size), (fd, bytes, size))
READ(ssize_t, -1, readv, fd, "", (int fd, const struct iovec *parts, int count), (fd, parts, count))
READ(ssize_t, -1, pread64, fd, "", (int fd, void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
READ(int, -1, stat64, AT_FDCWD, path, (const char *path, struct stat64 *data), (path, data))
READ(int, -1, lstat64, AT_FDCWD, path, (const char *path, struct stat64 *data), (path, data))
READ(int, -1, fstat64, fd, "", (int fd, struct stat64 *data), (fd, data))
READ(int, -1, fstatat64, folder, path, (int folder, const char *path, struct stat64 *data, int flags),
    (folder, path, data, flags))
READ(int, -1, statx, folder, path, (int folder, const char *path, int flags, unsigned mask, struct statx *data),
    (folder, path, flags, mask, data))
READ(DIR *, NULL, opendir, AT_FDCWD, path, (const char *path), (path))
READ(struct dirent64 *, NULL, readdir64, dirfd(stream), "", (DIR *stream), (stream))

int flock(int fd, int operation)
{
    if (flock_errno && !(operation & LOCK_UN)) {
        errno = flock_errno;
        return -1;
    }
    return REAL(flock)(fd, operation);
}

int clock_gettime(clockid_t which, struct timespec *now)
{
    int done = REAL(clock_gettime)(which, now);
    if (!done && which == CLOCK_REALTIME)
        now->tv_sec += clock_shift;
    return done;
}
