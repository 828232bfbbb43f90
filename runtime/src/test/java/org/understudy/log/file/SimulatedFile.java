package org.understudy.log.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** The machine stops: of what was not forced each sector is there in some version of its own, as disks write them. */
    void crashScattered(RandomGenerator random) {
        Map<Integer, Integer> versions = new HashMap<>();
        for (int version = 1; version <= unforced.size(); version++) {
            if (unforced.get(version - 1) instanceof Write write) {
                scatter(write, version, versions, random);
            } else if (random.nextBoolean()) {
                keep(unforced.get(version - 1));
            }
        }
        restart();
    }

    /** Keeps of a write what lies in sectors whose version on the disk is this one or a later one. */
    private void scatter(Write write, int version, Map<Integer, Integer> versions, RandomGenerator random) {
        int start = write.position;
        int end = write.position + write.bytes.length;
        while (start < end) {
            int sector = start / SECTOR_BYTES;
            int next = Math.min(end, (sector + 1) * SECTOR_BYTES);
            if (versions.computeIfAbsent(sector, any -> anyVersion(random)) >= version) {
                kept.write(start, write.bytes, start - write.position, next - start);
            }
            start = next;
        }
    }

    /** None, the newest, or one between. */
    private int anyVersion(RandomGenerator random) {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> unforced.size();
            default -> random.nextInt(unforced.size() + 1);
        };
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
