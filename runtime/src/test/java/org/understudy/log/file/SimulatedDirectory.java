package org.understudy.log.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A directory in memory that remembers what was forced, loses what was not when it is told to crash, and fails where it is
 * told to. Everything random comes from the generator handed in.
 */
public final class SimulatedDirectory implements LogDirectory {
    private record EntryChange(String name, Optional<SimulatedFile> file) {}

    private final Map<String, SimulatedFile> seen = new TreeMap<>();
    private final Map<String, SimulatedFile> kept = new TreeMap<>();
    private final List<EntryChange> unforced = new ArrayList<>();
    private long incarnation;
    private long room = Long.MAX_VALUE;
    private int forcesUntilFailure = Integer.MAX_VALUE;
    private int changesUntilStop = Integer.MAX_VALUE;
    private String unreadable = "";

    @Override
    public synchronized List<String> names() {
        return List.copyOf(seen.keySet());
    }

    @Override
    public synchronized LogFile create(String name) {
        if (seen.containsKey(name)) {
            throw failed("creating", name, "it is there already");
        }
        countChange();
        SimulatedFile file = new SimulatedFile();
        enter(name, Optional.of(file));
        return new SimulatedHandle(this, name, file, incarnation);
    }

    @Override
    public synchronized LogFile open(String name) {
        return new SimulatedHandle(this, name, file("opening", name), incarnation);
    }

    @Override
    public synchronized void delete(String name) {
        countChange();
        room = plus(room, file("deleting", name).seen().size());
        enter(name, Optional.empty());
    }

    @Override
    public synchronized void force() {
        countForce("the directory");
        unforced.forEach(change -> apply(kept, change));
        unforced.clear();
    }

    @Override
    public synchronized void replace(String name, byte[] content) {
        countChange();
        SimulatedFile file = new SimulatedFile();
        if (takeRoom(content.length) < content.length) {
            throw failed("writing", name, "no space left");
        }
        file.write(0, content, 0, content.length);
        countForce(name);
        file.force();
        Optional.ofNullable(seen.get(name))
                .ifPresent(old -> room = plus(room, old.seen().size()));
        enter(name, Optional.of(file));
        force();
    }

    /** The machine stops: what was not forced is lost in part, from each file's end. Handles are void afterwards. */
    public synchronized void crash(RandomGenerator random) {
        stop(random);
        seen.values().forEach(file -> file.crash(random));
    }

    /** The machine stops: of what was not forced any sector may be missing. Handles are void afterwards. */
    public synchronized void crashScattered(RandomGenerator random) {
        stop(random);
        seen.values().forEach(file -> file.crashScattered(random));
    }

    /** The process stops and loses nothing. Handles are void afterwards. */
    public synchronized void kill() {
        incarnation++;
        changesUntilStop = Integer.MAX_VALUE;
    }

    /** Another directory that holds what is seen in this one, as if it had been copied. */
    public synchronized SimulatedDirectory copy() {
        SimulatedDirectory copy = new SimulatedDirectory();
        seen.forEach((name, file) -> copy.seen.put(name, file.copy()));
        copy.kept.putAll(copy.seen);
        return copy;
    }

    /** From now on so many bytes more can be stored. */
    public synchronized void leaveRoom(long bytes) {
        room = bytes;
    }

    /** So many forces succeed from now on; the next one fails. */
    public synchronized void failForceAfter(int forces) {
        forcesUntilFailure = forces;
    }

    /**
     * The process stops after so many writes, cuts, forces, creations and deletions, in the middle of what it is doing: the
     * next one does nothing but throw. A crash or a kill ends this.
     */
    public synchronized void stopAfter(int changes) {
        changesUntilStop = changes;
    }

    /** From now on reads of this file fail; of none if empty. */
    public synchronized void failReadsOf(String name) {
        unreadable = name;
    }

    /** The disk changes one bit. */
    public synchronized void flip(String name, long bit) {
        file("flipping a bit of", name).flip(bit);
    }

    /** How many bytes a file has. */
    public synchronized int sizeOf(String name) {
        return file("measuring", name).seen().size();
    }

    boolean isCurrent(long handleIncarnation) {
        return handleIncarnation == incarnation;
    }

    boolean isReadable(String name) {
        return !name.equals(unreadable);
    }

    void countForce(String what) {
        countChange();
        if (forcesUntilFailure == 0) {
            forcesUntilFailure = Integer.MAX_VALUE;
            throw failed("forcing", what, "the disk says no");
        }
        if (forcesUntilFailure != Integer.MAX_VALUE) {
            forcesUntilFailure--;
        }
    }

    void countChange() {
        if (changesUntilStop == 0) {
            incarnation++;
            throw failed("changing", "anything", "the process has stopped");
        }
        if (changesUntilStop != Integer.MAX_VALUE) {
            changesUntilStop--;
        }
    }

    /** Uses room up, as much as there is. */
    int takeRoom(int bytes) {
        if (bytes > room) {
            int left = (int) Math.max(0, room);
            room = 0;
            return left;
        }
        room -= room == Long.MAX_VALUE ? 0 : bytes;
        return bytes;
    }

    void giveRoom(long bytes) {
        room = plus(room, bytes);
    }

    static UncheckedIOException failed(String what, String name, String why) {
        return new UncheckedIOException(what + " " + name + " failed: " + why, new IOException(why));
    }

    private void stop(RandomGenerator random) {
        kill();
        unforced.stream().filter(change -> random.nextBoolean()).forEach(change -> apply(kept, change));
        unforced.clear();
        seen.clear();
        seen.putAll(kept);
    }

    private void enter(String name, Optional<SimulatedFile> file) {
        EntryChange change = new EntryChange(name, file);
        apply(seen, change);
        unforced.add(change);
    }

    private SimulatedFile file(String what, String name) {
        SimulatedFile file = seen.get(name);
        if (file == null) {
            throw failed(what, name, "no such file");
        }
        return file;
    }

    private static void apply(Map<String, SimulatedFile> entries, EntryChange change) {
        change.file.ifPresentOrElse(file -> entries.put(change.name, file), () -> entries.remove(change.name));
    }

    private static long plus(long room, long bytes) {
        return room == Long.MAX_VALUE ? room : room + bytes;
    }
}
