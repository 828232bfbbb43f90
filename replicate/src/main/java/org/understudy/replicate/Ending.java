package org.understudy.replicate;

import java.util.concurrent.CountDownLatch;

/** What a signal does: it has the environment closed, waits for that, and ends the process with the right code. */
final class Ending {
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ExitCode code = ExitCode.FAILED;

    private Ending() {}

    /** Listens for SIGTERM and SIGINT on behalf of a process. */
    static Ending onSignal(ReplicationProcess process) {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.end(process), "understudy-replicate-end"));
        return ending;
    }

    private void end(ReplicationProcess process) {
        process.end(ExitCode.STOPPED);
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Without this a signal's own number would be the code.
        Runtime.getRuntime().halt(code.number());
    }

    /** The environment is closed, or was never open: the process may end. */
    void closed(ExitCode how) {
        code = how;
        closed.countDown();
    }
}
