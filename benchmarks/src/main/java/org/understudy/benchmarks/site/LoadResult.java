package org.understudy.benchmarks.site;

import org.understudy.benchmarks.Message;

/**
 * What a load came to.
 *
 * @param operations those that succeeded
 * @param failures those that threw
 * @param nanos from the common start to the end of the last thread
 */
public record LoadResult(long operations, long failures, long nanos, long p50Nanos, long p99Nanos) {
    public static LoadResult parse(Message reply) {
        return new LoadResult(
                reply.number("operations"),
                reply.number("failures"),
                reply.number("nanos"),
                reply.number("p50"),
                reply.number("p99"));
    }

    public double perSecond() {
        return operations * 1e9 / nanos;
    }

    public Message reply() {
        return Message.of(Message.OK)
                .with("operations", operations)
                .with("failures", failures)
                .with("nanos", nanos)
                .with("p50", p50Nanos)
                .with("p99", p99Nanos);
    }
}
