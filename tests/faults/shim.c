/* Numbers the calls by which a program and its children change the disk, and lets the N-th go wrong.

   Preloaded (LD_PRELOAD). FAULT_COUNTER names a file of eight bytes, shared by every process of a
   run; FAULT_MODE is "kill" (the whole process group), "lone" (the one process that calls), "full"
   (no space from the N-th on), "fault" (one I/O error) or "torn" (half of the N-th write, then the
   kill); FAULT_AT is N; FAULT_LOG takes a line for each call. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static volatile long *calls;
static const char *mode = "";
static long at;
static int log_file = -1;

static void begin(void)
{
    const char *counter = getenv("FAULT_COUNTER");
    long file = counter ? syscall(SYS_openat, AT_FDCWD, counter, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *shared = mmap(NULL, sizeof *calls, PROT_READ | PROT_WRITE, MAP_SHARED, (int)file, 0);
    syscall(SYS_close, file);
    if (shared == MAP_FAILED)
        return;
    mode = getenv("FAULT_MODE") ? getenv("FAULT_MODE") : "";
    at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
    if (getenv("FAULT_LOG"))
        log_file = (int)syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    calls = shared;
}

static void end(void)
{
    kill(strcmp(mode, "lone") ? 0 : getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Returns 0: go on; an error number: fail with it; -1: do half or all of it, then end. */
static int turn(const char *call, const char *path)
{
    char line[4400];
    if (!calls)
        begin();
    if (!calls)
        return 0;
    long number = __sync_add_and_fetch(calls, 1);
    if (log_file >= 0) {
        int length = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path);
        syscall(SYS_write, log_file, line, length);
    }
    if ((!strcmp(mode, "kill") || !strcmp(mode, "lone")) && number == at)
        end();
    if (!strcmp(mode, "full") && number >= at)
        return ENOSPC;
    if (!strcmp(mode, "fault") && number == at)
        return EIO;
    return !strcmp(mode, "torn") && number == at ? -1 : 0;
}

static int on_disk(int file, char *path, size_t size)
{
    struct stat facts;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, size - 1);
    path[length < 0 ? 0 : length] = 0;
    return file > 2 && fstat(file, &facts) == 0 && (S_ISREG(facts.st_mode) || S_ISDIR(facts.st_mode));
}

/* Defines a wrapper whose call counts; the last argument names the path for the log. */
#define WRAP(name, parameters, arguments, path)                                   \
    int name parameters                                                           \
    {                                                                             \
        int(*real) parameters = (int(*) parameters)dlsym(RTLD_NEXT, #name);       \
        int fault = turn(#name, path);                                            \
        if (fault > 0)                                                            \
            return errno = fault, -1;                                             \
        int result = real arguments;                                              \
        if (fault < 0)                                                            \
            end();                                                                \
        return result;                                                            \
    }

WRAP(rename, (const char *old, const char *new), (old, new), new)
WRAP(renameat, (int from, const char *old, int to, const char *new), (from, old, to, new), new)
WRAP(renameat2, (int from, const char *old, int to, const char *new, unsigned how), (from, old, to, new, how), new)
WRAP(link, (const char *old, const char *new), (old, new), new)
WRAP(linkat, (int from, const char *old, int to, const char *new, int how), (from, old, to, new, how), new)
WRAP(unlink, (const char *path), (path), path)
WRAP(unlinkat, (int folder, const char *path, int how), (folder, path, how), path)
WRAP(mkdir, (const char *path, mode_t rights), (path, rights), path)
WRAP(truncate, (const char *path, off_t size), (path, size), path)
WRAP(truncate64, (const char *path, off64_t size), (path, size), path)

/* Opening counts only where it may make a file; rights are passed on as they came. */
#define WRAP_OPEN(name, parameters, arguments, path)                              \
    int name parameters                                                           \
    {                                                                             \
        int(*real) parameters = (int(*) parameters)dlsym(RTLD_NEXT, #name);       \
        mode_t rights = 0;                                                        \
        va_list more;                                                             \
        va_start(more, how);                                                      \
        if (how & (O_CREAT | __O_TMPFILE))                                        \
            rights = va_arg(more, mode_t);                                        \
        va_end(more);                                                             \
        int fault = how & O_CREAT ? turn(#name, path) : 0;                        \
        if (fault > 0)                                                            \
            return errno = fault, -1;                                             \
        int result = real arguments;                                              \
        if (fault < 0)                                                            \
            end();                                                                \
        return result;                                                            \
    }

WRAP_OPEN(open, (const char *path, int how, ...), (path, how, rights), path)
WRAP_OPEN(open64, (const char *path, int how, ...), (path, how, rights), path)
WRAP_OPEN(openat, (int folder, const char *path, int how, ...), (folder, path, how, rights), path)
WRAP_OPEN(openat64, (int folder, const char *path, int how, ...), (folder, path, how, rights), path)

/* Writing and flushing count only where they reach a file or folder, not a pipe. */
#define WRAP_FILE(type, name, parameters, whole, half)                            \
    type name parameters                                                          \
    {                                                                             \
        type(*real) parameters = (type(*) parameters)dlsym(RTLD_NEXT, #name);     \
        char path[4096];                                                          \
        int fault = on_disk(file, path, sizeof path) ? turn(#name, path) : 0;     \
        if (fault > 0)                                                            \
            return errno = fault, -1;                                             \
        if (fault == 0)                                                           \
            return real whole;                                                    \
        (void)!real half;                                                         \
        end();                                                                    \
        return -1;                                                                \
    }

WRAP_FILE(ssize_t, write, (int file, const void *data, size_t size), (file, data, size), (file, data, size / 2))
WRAP_FILE(ssize_t, pwrite, (int file, const void *data, size_t size, off_t where), (file, data, size, where), (file, data, size / 2, where))
WRAP_FILE(ssize_t, pwrite64, (int file, const void *data, size_t size, off64_t where), (file, data, size, where), (file, data, size / 2, where))
WRAP_FILE(int, ftruncate, (int file, off_t size), (file, size), (file, size))
WRAP_FILE(int, ftruncate64, (int file, off64_t size), (file, size), (file, size))
WRAP_FILE(int, fsync, (int file), (file), (file))
WRAP_FILE(int, fdatasync, (int file), (file), (file))
