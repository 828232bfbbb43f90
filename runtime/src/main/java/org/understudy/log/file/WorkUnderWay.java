package org.understudy.log.file;

import java.util.concurrent.atomic.AtomicLongArray;

/** Since when writes and forces have been under way, as far as so many at a time can be told apart. Any thread. */
final class WorkUnderWay {
    private static final int AT_ONCE = 16;
    private static final int NOT_NOTED = -1;

    private final AtomicLongArray since = new AtomicLongArray(AT_ONCE);

    /** Something begins; what is returned ends it. */
    int begin() {
        // Zero stands for a free place.
        long now = System.nanoTime() | 1;
        for (int place = 0; place < AT_ONCE; place++) {
            if (since.compareAndSet(place, 0, now)) {
                return place;
            }
        }
        return NOT_NOTED;
    }

    void end(int place) {
        if (place != NOT_NOTED) {
            since.set(place, 0);
        }
    }

    /** For how long the oldest has been under way; 0 if none is. */
    long oldestNanos() {
        long now = System.nanoTime();
        long oldest = 0;
        for (int place = 0; place < AT_ONCE; place++) {
            long began = since.get(place);
            if (began != 0) {
                oldest = Math.max(oldest, Math.max(1, now - began));
            }
        }
        return oldest;
    }
}
