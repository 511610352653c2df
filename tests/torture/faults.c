/* Counts the system calls by which a program changes files below a folder, and makes one of them, or all from one on,
   fail as a broken or full disk would; or ends the program there. Loaded before the C library (LD_PRELOAD). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COUNT, ONCE, FROM, END };

static char below[PATH_MAX];
static int mode, error_number;
static long at, calls;

void faults_arm(const char *folder, int how, long number, int error) {
    snprintf(below, sizeof below, "%s", folder);
    mode = how, at = number, error_number = error, calls = 0;
}

long faults_calls(void) { return calls; }

static int inside(const char *path) { return below[0] && path && strncmp(path, below, strlen(below)) == 0; }

static int inside_fd(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = below[0] ? readlink(link, path, sizeof path - 1) : -1;
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}

static int inside_at(int fd, const char *path) {
    return path && path[0] == '/' ? inside(path) : fd != AT_FDCWD && inside_fd(fd);
}

/* Whether this call fails. A disk that is full lets things be removed. */
static int fails(int counted, int removes) {
    if (!counted) return 0;
    calls++;
    if (mode == END && calls == at) _exit(9);
    if ((mode == ONCE && calls == at) || (mode == FROM && calls >= at && !removes)) {
        errno = error_number;
        return 1;
    }
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
    return fails(inside_fd(fd), 0) ? -1 : REAL(write)(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t where) {
    return fails(inside_fd(fd), 0) ? -1 : REAL(pwrite64)(fd, data, size, where);
}
int ftruncate64(int fd, off64_t size) { return fails(inside_fd(fd), 0) ? -1 : REAL(ftruncate64)(fd, size); }
int fsync(int fd) { return fails(inside_fd(fd), 0) ? -1 : REAL(fsync)(fd); }

static int opened(const char *path, int flags) { return (flags & O_CREAT) && inside(path); }

int open(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t rights = va_arg(more, mode_t);
    va_end(more);
    return fails(opened(path, flags), 0) ? -1 : REAL(open)(path, flags, rights);
}
int open64(const char *path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    mode_t rights = va_arg(more, mode_t);
    va_end(more);
    return fails(opened(path, flags), 0) ? -1 : REAL(open64)(path, flags, rights);
}
FILE *fopen64(const char *path, const char *how) {
    return fails(strpbrk(how, "wa+") && inside(path), 0) ? NULL : REAL(fopen64)(path, how);
}
int mkdir(const char *path, mode_t rights) { return fails(inside(path), 0) ? -1 : REAL(mkdir)(path, rights); }
int mkdirat(int fd, const char *path, mode_t rights) {
    return fails(inside_at(fd, path), 0) ? -1 : REAL(mkdirat)(fd, path, rights);
}
int rename(const char *from, const char *to) { return fails(inside(to), 0) ? -1 : REAL(rename)(from, to); }
int renameat(int a, const char *from, int b, const char *to) {
    return fails(inside_at(b, to), 0) ? -1 : REAL(renameat)(a, from, b, to);
}
int link(const char *from, const char *to) { return fails(inside(to), 0) ? -1 : REAL(link)(from, to); }
int linkat(int a, const char *from, int b, const char *to, int flags) {
    return fails(inside_at(b, to), 0) ? -1 : REAL(linkat)(a, from, b, to, flags);
}
int unlink(const char *path) { return fails(inside(path), 1) ? -1 : REAL(unlink)(path); }
int unlinkat(int fd, const char *path, int flags) {
    return fails(inside_at(fd, path), 1) ? -1 : REAL(unlinkat)(fd, path, flags);
}
int rmdir(const char *path) { return fails(inside(path), 1) ? -1 : REAL(rmdir)(path); }
