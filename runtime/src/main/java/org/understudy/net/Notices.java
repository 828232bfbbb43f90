package org.understudy.net;

import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the listener is still to be told, in order, and never from inside a call that the listener itself made. */
final class Notices {
    private final Context context;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean telling;
    private boolean scheduled;

    Notices(Context context) {
        this.context = context;
    }

    /** Tells this in its turn, soon. */
    void add(Runnable notice) {
        waiting.add(notice);
        schedule();
    }

    /** Tells everything that waits, unless that is under way already. */
    void tell() {
        if (telling) {
            return;
        }
        telling = true;
        try {
            while (!waiting.isEmpty()) {
                waiting.poll().run();
            }
        } finally {
            telling = false;
            if (!waiting.isEmpty()) {
                schedule();
            }
        }
    }

    /** Forgets what was not told. */
    void clear() {
        waiting.clear();
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                tell();
            });
        }
    }
}
