package org.understudy.replicate;

import java.util.List;

/** The program: {@code java -jar understudy-replicate.jar --home DIRECTORY --local-site HOST:PORT}. */
public final class Replicate {

    private Replicate() {}

    /** Runs it; the process ends with an {@link ExitCode}. */
    public static void main(String[] args) throws InterruptedException {
        Logging.begin();
        System.exit(new Program(System.out, System.err).run(List.of(args)).number());
    }
}
