package org.understudy.net;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;

/** The connections that were written to in this turn of the event loop: what each has to send leaves at its end in one go. */
final class Turn {
    private final Context context;
    private List<Connection> written = new ArrayList<>();
    private List<Connection> flushing = new ArrayList<>();
    private boolean scheduled;

    Turn(Context context) {
        this.context = context;
    }

    void wrote(Connection connection) {
        written.add(connection);
        if (!scheduled) {
            scheduled = true;
            context.runOnContext(turn -> {
                scheduled = false;
                flush();
            });
        }
    }

    void flush() {
        List<Connection> these = written;
        written = flushing;
        flushing = these;
        these.forEach(Connection::flush);
        these.clear();
    }
}
