package org.understudy.benchmarks.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void percentiles_lie_within_a_64th_of_the_truth() {
        LongStream.rangeClosed(1, 100_000).map(micros -> micros * 1_000).forEach(histogram::record);

        assertThat(histogram.nanosAt(0.50)).isCloseTo(50_000_000L, Percentage.withPercentage(1.6));
        assertThat(histogram.nanosAt(0.99)).isCloseTo(99_000_000L, Percentage.withPercentage(1.6));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 127, 128, 129, 255, 256, 1_000_003, Long.MAX_VALUE})
    void every_latency_has_a_bucket_at_or_just_below_it(long nanos) {
        histogram.record(nanos);

        assertThat(histogram.nanosAt(1)).isLessThanOrEqualTo(nanos).isCloseTo(nanos, within(nanos / 64));
    }

    @Test
    void histograms_of_several_threads_add_up() {
        LatencyHistogram other = new LatencyHistogram();
        histogram.record(10);
        other.record(100);
        histogram.add(other);

        assertThat(histogram.total()).isEqualTo(2);
        assertThat(histogram.nanosAt(0.5)).isEqualTo(10);
        assertThat(histogram.nanosAt(1)).isEqualTo(100);
    }

    @Test
    void nothing_recorded_is_zero() {
        assertThat(histogram.nanosAt(0.99)).isZero();
    }
}
