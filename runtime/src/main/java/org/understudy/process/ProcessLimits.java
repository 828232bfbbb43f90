package org.understudy.process;

import java.time.Duration;

/** The limits of what passes between the processes of one home, all in one place. */
final class ProcessLimits {
    private static final int KIB = 1024;

    /** The largest frame: room for the largest message there may be, which is more than the largest record. */
    static final int MAX_FRAME_BYTES = 80 * KIB * KIB;

    /** The largest key with its value: no record is larger. */
    static final long MAX_WRITE_BYTES = 16L * KIB * KIB;

    /** The largest frame before the other end has said who it is. */
    static final int MAX_GREETING_BYTES = 16 * KIB;

    /** The largest answer to that: it tells how the site is set up, with lists of other sites perhaps. */
    static final int MAX_WELCOME_BYTES = KIB * KIB;

    /** How long the other end may take to say who it is. */
    static final Duration GREETING_TIME = Duration.ofSeconds(2);

    /** How often the process that has the home says something on each line, if only that it is there. */
    static final Duration BEAT = Duration.ofMillis(500);

    /** The shortest silence on a line after which the other end is taken for one that hangs. */
    static final Duration LEAST_SILENCE = Duration.ofSeconds(2);

    /** How many bytes of a scan are fetched at once, one entry more or less. */
    static final int FETCH_BYTES = 64 * KIB;

    /** How many entries a scan fetches at first; each further batch is twice as long, up to the bytes above. */
    static final int FIRST_FETCH = 16;

    /** How many entries a scan fetches at most at once. */
    static final int MAX_FETCH = 1024;

    /** How many calls and transactions one subordinate has under way at once. */
    static final int MAX_CALLS = 512;

    /** How many connections a subordinate keeps for its next calls. */
    static final int MAX_IDLE_CALLS = 32;

    /** How long a process that leaves the home waits for the others to hear it. */
    static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private ProcessLimits() {}
}
