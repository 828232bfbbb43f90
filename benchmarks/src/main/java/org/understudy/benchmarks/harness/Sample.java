package org.understudy.benchmarks.harness;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One measurement of one figure of one contender.
 *
 * @param value in the figure's unit
 * @param detail what only a load has
 */
record Sample(double value, Optional<Detail> detail) {
    /** Latencies, and processor time of all three sites per operation, background work included. */
    record Detail(double p50Micros, double p99Micros, double processorMicros, long failures) {}

    static Sample of(double value) {
        return new Sample(value, Optional.empty());
    }

    /** The median of each value by itself, and all failures. */
    static Sample median(List<Sample> samples) {
        List<Detail> details =
                samples.stream().flatMap(sample -> sample.detail().stream()).toList();
        Optional<Detail> detail = details.isEmpty()
                ? Optional.empty()
                : Optional.of(new Detail(
                        median(details, Detail::p50Micros),
                        median(details, Detail::p99Micros),
                        median(details, Detail::processorMicros),
                        details.stream().mapToLong(Detail::failures).sum()));
        return new Sample(median(samples, Sample::value), detail);
    }

    static <T> double median(List<T> values, ToDoubleFunction<T> part) {
        double[] sorted = values.stream().mapToDouble(part).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
