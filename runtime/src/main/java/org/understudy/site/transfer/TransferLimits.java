package org.understudy.site.transfer;

import java.time.Duration;

/** The limits of an initialisation, all in one place. */
final class TransferLimits {
    /** A checkpoint travels in pieces of this size. */
    static final int CHUNK_BYTES = 256 << 10;
    /** So many pieces are asked for before the first of them is written. */
    static final int CHUNKS_AHEAD = 16;
    /** A checkpoint nobody has asked anything of for so long is given up. */
    static final Duration UNUSED = Duration.ofMinutes(2);
    /** A source that has sent nothing for so long is given up. */
    static final Duration SILENCE = Duration.ofSeconds(30);
    /** How often progress is told. */
    static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

    private TransferLimits() {}
}
