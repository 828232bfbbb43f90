package org.understudy.replicate;

/** How the process ended, for the script or the service manager that started it. */
enum ExitCode {
    /** It was told to end, and gave everything back. */
    STOPPED(0),
    /** The command line or the configuration is wrong; starting it again as it is won't help. */
    BAD_USAGE(1),
    /** The site can't go on: it was removed, its data is damaged, a write failed, or a promise was broken. */
    FAILED(2),
    /** It could not start now; starting it again later may help. */
    UNAVAILABLE(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
