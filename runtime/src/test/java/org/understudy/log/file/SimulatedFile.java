package org.understudy.log.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a simulated file holds: what the process sees, what the disk has for certain, and the changes in between. */
final class SimulatedFile {
    private static final int SECTOR_BYTES = 512;

    private sealed interface Change {}

    private record Write(int position, byte[] bytes) implements Change {}

    private record Truncate(int size) implements Change {}

    private final List<Change> unforced = new ArrayList<>();
    private SimulatedImage seen;
    private SimulatedImage kept;

    SimulatedFile() {
        this(new SimulatedImage(), new SimulatedImage());
    }

    private SimulatedFile(SimulatedImage seen, SimulatedImage kept) {
        this.seen = seen;
        this.kept = kept;
    }

    /** A file on another disk that holds what the process sees in this one. */
    SimulatedFile copy() {
        return new SimulatedFile(seen.copy(), seen.copy());
    }

    SimulatedImage seen() {
        return seen;
    }

    void write(int position, byte[] bytes, int offset, int length) {
        seen.write(position, bytes, offset, length);
        unforced.add(new Write(position, Arrays.copyOfRange(bytes, offset, offset + length)));
    }

    void truncate(int size) {
        seen.truncate(size);
        unforced.add(new Truncate(size));
    }

    void force() {
        unforced.forEach(this::keep);
        unforced.clear();
    }

    void flip(long bit) {
        seen.flip(bit);
        if (bit / Byte.SIZE < kept.size()) {
            kept.flip(bit);
        }
    }

    /** The machine stops: of what was not forced a prefix stays, and a part of the change behind it. */
    void crash(RandomGenerator random) {
        int whole = random.nextInt(unforced.size() + 1);
        unforced.subList(0, whole).forEach(this::keep);
        if (whole < unforced.size() && unforced.get(whole) instanceof Write torn) {
            kept.write(torn.position, torn.bytes, 0, random.nextInt(torn.bytes.length + 1));
        }
        restart();
    }

    /** The machine stops: of what was not forced each sector is there or is not, in no order, as disks write them. */
    void crashScattered(RandomGenerator random) {
        for (Change change : unforced) {
            if (change instanceof Write write) {
                scatter(write, random);
            } else if (random.nextBoolean()) {
                keep(change);
            }
        }
        restart();
    }

    private void scatter(Write write, RandomGenerator random) {
        int start = write.position;
        int end = write.position + write.bytes.length;
        while (start < end) {
            int next = Math.min(end, (start / SECTOR_BYTES + 1) * SECTOR_BYTES);
            if (random.nextBoolean()) {
                kept.write(start, write.bytes, start - write.position, next - start);
            }
            start = next;
        }
    }

    private void restart() {
        unforced.clear();
        seen = kept.copy();
    }

    private void keep(Change change) {
        if (change instanceof Write write) {
            kept.write(write.position, write.bytes, 0, write.bytes.length);
        } else if (change instanceof Truncate cut) {
            kept.truncate(cut.size);
        }
    }
}
