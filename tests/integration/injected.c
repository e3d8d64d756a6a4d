/* Stands between the program and the system (LD_PRELOAD), and answers as the environment says:
 *   FAULT=no-locks     as a file system that knows no locks
 *   FAULT=late-signal  with a SIGINT when a folder is brought to the disk: what is in it has its name
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is(const char *fault) {
    const char *wanted = getenv("FAULT");
    return wanted && !strcmp(wanted, fault);
}

int flock(int file, int operation) {
    (void)file;
    (void)operation;
    if (is("no-locks")) {
        errno = ENOLCK;
        return -1;
    }
    return 0;
}

int fsync(int file) {
    static int sent;
    struct stat found;
    /* A run's last folder is that of its views: report.html has been published. */
    if (is("late-signal") && !fstat(file, &found) && S_ISDIR(found.st_mode) &&
        !faccessat(file, "report.html", F_OK, 0) && !__sync_lock_test_and_set(&sent, 1)) {
        kill(getpid(), SIGINT);
        usleep(200000);
    }
    return 0;
}
