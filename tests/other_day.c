/* Another day for a process and its children: what they ask of the calendar's clock is OTHER_DAY_SECONDS later or earlier.

   cc -shared -fPIC -O2 -o other_day.so tests/other_day.c
   OTHER_DAY_SECONDS=86400 LD_PRELOAD=./other_day.so date

   Only CLOCK_REALTIME is moved. Debian's faketime moves the monotonic clock too and does not know sem_clockwait, by which
   Python 3.11 waits for locks: a wait of a second lasted as long as the day was far away, and chromium died of it. Times of
   files stay as they are, and so do waits until a moment of the calendar (nothing here makes one). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static time_t offset(void) {
    static time_t seconds;
    static int known;
    if (!known) {
        const char *stated = getenv("OTHER_DAY_SECONDS");
        seconds = stated ? atol(stated) : 0;
        known = 1;
    }
    return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*asked)(clockid_t, struct timespec *);
    if (!asked)
        asked = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int failed = asked(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += offset();
    return failed;
}

int gettimeofday(struct timeval *now, void *zone) {
    struct timespec found;
    (void)zone; /* obsolete: glibc leaves it alone */
    if (clock_gettime(CLOCK_REALTIME, &found))
        return -1;
    now->tv_sec = found.tv_sec;
    now->tv_usec = found.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec found;
    if (clock_gettime(CLOCK_REALTIME, &found))
        return -1;
    if (now)
        *now = found.tv_sec;
    return found.tv_sec;
}

int timespec_get(struct timespec *now, int base) {
    return base == TIME_UTC && !clock_gettime(CLOCK_REALTIME, now) ? base : 0;
}
