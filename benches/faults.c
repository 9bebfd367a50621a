/* Makes one call to the file system fail, or changes a file in the moment in which it is opened.
 *
 * Loaded before the C library (LD_PRELOAD) by faults.py, which sets:
 *
 *   FAULT_UNDER   only calls about this folder and what lies under it count
 *   FAULT_AT      the number of the call that fails, from 1; 0 for none: all are logged
 *   FAULT_ON      1 if all later calls fail as well, as on a disk that stays full
 *   FAULT_ERRNO   ENOSPC, EIO or EACCES; or what happens to the file that is opened:
 *                 truncated, removed, longer, replaced
 *   FAULT_LOG     a file outside the folder: which call it was
 *
 * ENOSPC comes from calls that need room, EACCES from calls that name a file, EIO from all.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NEEDS_ROOM = 1, NAMES_FILE = 2, READS = 4 };

static atomic_long count;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int is_change(const char *what) {
    return !strcmp(what, "truncated") || !strcmp(what, "removed") || !strcmp(what, "longer") || !strcmp(what, "replaced");
}

static int counts(const char *what, int kind) {
    if (is_change(what)) return kind & READS;
    if (!strcmp(what, "ENOSPC")) return kind & NEEDS_ROOM;
    if (!strcmp(what, "EACCES")) return kind & NAMES_FILE;
    return 1;
}

static int number_of(const char *what) {
    return !strcmp(what, "ENOSPC") ? ENOSPC : !strcmp(what, "EACCES") ? EACCES : EIO;
}

static void note(const char *call, const char *path, long number) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%ld %s %s\n", number, call, path);
    int file = syscall(SYS_openat, AT_FDCWD, setting("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    if (syscall(SYS_write, file, line, length) < 0) {}
    syscall(SYS_close, file);
}

/* What somebody else does to a file while it is read. */
static void change(const char *what, const char *path) {
    static const char words[] = "\n\nUn paragraphe de plus.\n";
    int flags = !strcmp(what, "longer") ? O_WRONLY | O_APPEND : O_WRONLY | O_TRUNC | O_CREAT;
    if (!strcmp(what, "truncated")) { syscall(SYS_truncate, path, 7); return; }
    if (strcmp(what, "longer")) syscall(SYS_unlink, path);
    if (!strcmp(what, "removed")) return;
    int file = syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0644);
    if (file < 0) return;
    if (syscall(SYS_write, file, words, sizeof words - 1) < 0) {}
    syscall(SYS_close, file);
}

/* Whether this call fails; what a change is made to is found in `path`. */
static int fails(const char *call, int kind, const char *path) {
    const char *what = setting("FAULT_ERRNO"), *under = setting("FAULT_UNDER");
    size_t length = strlen(under);
    if (!length || strncmp(path, under, length) || (path[length] && path[length] != '/')) return 0;
    if (!counts(what, kind)) return 0;
    long number = atomic_fetch_add(&count, 1) + 1, at = atol(setting("FAULT_AT"));
    int is_hit = number == at || (at && number > at && *setting("FAULT_ON") == '1');
    if (number == at || !at) note(call, path, number);
    if (!is_hit) return 0;
    if (is_change(what)) { change(what, path); return 0; }
    errno = number_of(what);
    return 1;
}

static const char *of_descriptor(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    long length = syscall(SYS_readlink, link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
    return path;
}

static const char *within(int folder, const char *name, char *path) {
    if (!name) return "";
    if (name[0] == '/' || folder == AT_FDCWD) return name;
    of_descriptor(folder, path);
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
    return path;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define ON_PATH(type, name, kind, path, params, args) \
    type name params { return fails(#name, kind, path) ? -1 : REAL(name) args; }
#define ON_FILE(type, name, kind, params, args) \
    type name params { char path[PATH_MAX]; return fails(#name, kind, of_descriptor(file, path)) ? -1 : REAL(name) args; }

static int kind_of_open(int flags) { return NAMES_FILE | (flags & O_CREAT ? NEEDS_ROOM : (flags & O_ACCMODE) == O_RDONLY && !(flags & O_DIRECTORY) ? READS : 0); }

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        va_list list; va_start(list, flags); mode_t mode = va_arg(list, int); va_end(list); \
        if (fails(#name, kind_of_open(flags) & ~READS, path)) return -1; \
        int file = REAL(name)(path, flags, mode); \
        if (file >= 0 && is_change(setting("FAULT_ERRNO"))) fails(#name, kind_of_open(flags) & READS, path); \
        return file; }
#define OPENAT(name) \
    int name(int folder, const char *told, int flags, ...) { \
        char buffer[PATH_MAX]; const char *path = within(folder, told, buffer); \
        va_list list; va_start(list, flags); mode_t mode = va_arg(list, int); va_end(list); \
        if (fails(#name, kind_of_open(flags) & ~READS, path)) return -1; \
        int file = REAL(name)(folder, told, flags, mode); \
        if (file >= 0 && is_change(setting("FAULT_ERRNO"))) fails(#name, kind_of_open(flags) & READS, path); \
        return file; }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

ON_FILE(ssize_t, read, 0, (int file, void *to, size_t size), (file, to, size))
ON_FILE(ssize_t, write, NEEDS_ROOM, (int file, const void *from, size_t size), (file, from, size))
ON_FILE(ssize_t, writev, NEEDS_ROOM, (int file, const struct iovec *from, int size), (file, from, size))
ON_FILE(ssize_t, pwrite64, NEEDS_ROOM, (int file, const void *from, size_t size, off64_t at), (file, from, size, at))
ON_FILE(ssize_t, copy_file_range, NEEDS_ROOM, (int from, off64_t *a, int file, off64_t *b, size_t size, unsigned flags), (from, a, file, b, size, flags))
ON_FILE(int, fsync, NEEDS_ROOM, (int file), (file))
ON_FILE(int, fdatasync, NEEDS_ROOM, (int file), (file))
ON_FILE(int, ftruncate64, NEEDS_ROOM, (int file, off64_t size), (file, size))
ON_FILE(int, fchmod, NAMES_FILE, (int file, mode_t mode), (file, mode))
ON_FILE(int, fstat64, 0, (int file, struct stat64 *about), (file, about))
ON_PATH(int, mkdir, NEEDS_ROOM | NAMES_FILE, path, (const char *path, mode_t mode), (path, mode))
ON_PATH(int, rmdir, NAMES_FILE, path, (const char *path), (path))
ON_PATH(int, unlink, NAMES_FILE, path, (const char *path), (path))
ON_PATH(int, chmod, NAMES_FILE, path, (const char *path, mode_t mode), (path, mode))
ON_PATH(int, rename, NEEDS_ROOM | NAMES_FILE, to, (const char *from, const char *to), (from, to))
ON_PATH(int, link, NEEDS_ROOM | NAMES_FILE, to, (const char *from, const char *to), (from, to))
ON_PATH(int, symlink, NEEDS_ROOM | NAMES_FILE, to, (const char *from, const char *to), (from, to))
ON_PATH(int, stat64, NAMES_FILE, path, (const char *path, struct stat64 *about), (path, about))
ON_PATH(int, lstat64, NAMES_FILE, path, (const char *path, struct stat64 *about), (path, about))

int linkat(int a, const char *from, int b, const char *to, int flags) {
    char path[PATH_MAX];
    return fails("linkat", NEEDS_ROOM | NAMES_FILE, within(b, to, path)) ? -1 : REAL(linkat)(a, from, b, to, flags);
}

int unlinkat(int folder, const char *name, int flags) {
    char path[PATH_MAX];
    return fails("unlinkat", NAMES_FILE, within(folder, name, path)) ? -1 : REAL(unlinkat)(folder, name, flags);
}

int statx(int folder, const char *restrict name, int flags, unsigned mask, struct statx *restrict about) {
    /* Without a path it is asked only whether there is such a call. */
    const char *volatile given = name;
    if (!given) return REAL(statx)(folder, given, flags, mask, about);
    char path[PATH_MAX];
    int is_own = !*name;
    const char *found = is_own ? of_descriptor(folder, path) : within(folder, name, path);
    return fails("statx", is_own ? 0 : NAMES_FILE, found) ? -1 : REAL(statx)(folder, name, flags, mask, about);
}

DIR *opendir(const char *path) { return fails("opendir", NAMES_FILE, path) ? NULL : REAL(opendir)(path); }

struct dirent64 *readdir64(DIR *folder) {
    char path[PATH_MAX];
    return fails("readdir64", 0, of_descriptor(dirfd(folder), path)) ? NULL : REAL(readdir64)(folder);
}
