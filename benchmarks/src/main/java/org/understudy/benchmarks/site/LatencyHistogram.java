package org.understudy.benchmarks.site;

/** Latencies counted in buckets that each span at most a 64th of their value; one writer at a time. */
public final class LatencyHistogram {
    private static final int SUB_BUCKET_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BUCKET_BITS) * SUB_BUCKETS];
    private long total;

    public void record(long nanos) {
        counts[bucket(Math.max(0, nanos))]++;
        total++;
    }

    public void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
    }

    public long total() {
        return total;
    }

    /** The least latency that {@code fraction} of all stay at or below, to the bucket's lower edge; 0 of nothing. */
    public long nanosAt(double fraction) {
        long wanted = Math.max(1, (long) Math.ceil(total * fraction));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return lowerEdge(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - SUB_BUCKET_BITS - 1);
        return (shift << SUB_BUCKET_BITS) + (int) (nanos >>> shift);
    }

    private static long lowerEdge(int bucket) {
        int shift = Math.max(0, (bucket >>> SUB_BUCKET_BITS) - 1);
        return ((long) bucket - ((long) shift << SUB_BUCKET_BITS)) << shift;
    }
}
