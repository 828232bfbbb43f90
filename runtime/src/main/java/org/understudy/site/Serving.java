package org.understudy.site;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.Messaging;
import org.understudy.backend.Backend;

/** What serves an application's environment now: its own storage, or the process that has the home (protocol.md §11). */
interface Serving extends Supplier<Backend> {

    /** Its message channels. */
    Messaging messaging();

    /** The application starts the environment; waits for nothing. */
    CompletionStage<Void> start();

    /** Lets go of it. Does nothing the second time. */
    void close();
}
