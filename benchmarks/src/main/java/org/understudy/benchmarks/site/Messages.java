package org.understudy.benchmarks.site;

/** Requests from an application to the one on the master, for contenders that carry such. */
public interface Messages {

    /** Sends a request to the master and waits for its answer, which says the same. */
    byte[] ask(byte[] request);

    /** Sends a large request to the master and waits for a short answer. */
    void deliver(byte[] request);
}
