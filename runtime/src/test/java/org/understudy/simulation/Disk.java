package org.understudy.simulation;

import java.util.List;
import java.util.Optional;
import org.understudy.CommitToken;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.file.BallotFile;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogOptions;
import org.understudy.log.file.SimulatedDirectory;
import org.understudy.protocol.Recovered;

/** What a site leaves behind when its process ends: the real log and ballot on a simulated disk, and the data's image. */
final class Disk {
    private static final int ROOM_BYTES = 0;
    private static final int MIN_DAMAGED_BYTES = 600;
    private static final int TAIL_BYTES = 2 << 10;

    private final Place place;
    private final Dice dice;
    private SimulatedDirectory directory = new SimulatedDirectory();
    private DataImage flushed = new DataImage();
    private DataImage atStart = flushed;
    private BallotFile ballots;
    private Log log;
    private ModelStore store;
    private Ballot ballot;
    private boolean finishedEarlier;
    private boolean flipped;
    private boolean failsReads;
    private Optional<Runnable> backup = Optional.empty();
    private int boots;

    Disk(Place place, Dice dice) {
        this.place = place;
        this.dice = dice;
    }

    /** Opens log, ballot and data as a starting process does, and finishes what the last one began. */
    Recovered open() {
        ballots = new BallotFile(directory, place);
        Optional<Ballot> found = ballots.read();
        ballot = found.orElseGet(() -> Ballot.first(dice.uuid()));
        if (found.isEmpty()) {
            ballots.write(ballot);
        }
        log = openLog();
        store = new ModelStore(flushed);
        flushed.pendingCut.filter(this::holds).ifPresent(undone -> log.cut(undone.lsn() - 1));
        flushed.pendingReset.filter(standing -> !log.below().equals(standing)).ifPresent(log::reset);
        finishedEarlier = flushed.pendingCut.isPresent() || flushed.pendingReset.isPresent();
        store.settled();
        store.replay(log);
        atStart = store.flushed();
        DataImage data = store.live();
        save(ballot.reopened("boot " + boots, data.members.forcesRecords()));
        return new Recovered(
                ballot,
                log.last(),
                log.startLsn(),
                data.history,
                data.members,
                Math.min(data.permanentLsn, log.last().lsn()));
    }

    private Log openLog() {
        return Log.open(
                directory, new LogOptions(place, LogOptions.MIN_SEGMENT_BYTES, ROOM_BYTES, TAIL_BYTES), Standing.ZERO);
    }

    /** Whether the last opening had to finish a rollback or an initialisation. */
    boolean finishedEarlier() {
        return finishedEarlier;
    }

    private boolean holds(Standing standing) {
        long lsn = standing.lsn();
        return lsn >= log.startLsn()
                && lsn <= log.last().lsn()
                && log.read(lsn, lsn, 1).last().equals(standing);
    }

    Log log() {
        return log;
    }

    ModelStore store() {
        return store;
    }

    /** The data as they were on the disk when the process began. */
    DataImage atStart() {
        return atStart;
    }

    /** The ballot as it is on the disk. */
    Ballot ballot() {
        return ballot;
    }

    /** Replaces the ballot for good. */
    void save(Ballot next) {
        ballots.write(next);
        ballot = next;
    }

    /** The process ends in order, with everything forced: whatever becomes of the machine, nothing is lost. */
    void closed() {
        save(ballot.openSince(""));
    }

    /** Makes the data survive, the log first. */
    void flush() {
        log.force();
        store.flush();
        flushed = store.flushed();
    }

    /** Undoes what is above a standing, in the data for good; the log still has it. */
    List<CommitToken> undo(Standing matchPoint) {
        log.force();
        List<CommitToken> undone = store.undo(log, matchPoint);
        flushed = store.flushed();
        return undone;
    }

    /** Puts a checkpoint's data in place for good; the log is still the old one. */
    void install(DataImage checkpoint) {
        store.install(checkpoint);
        flushed = store.flushed();
    }

    /** The process ends at once: what it wrote stays with the operating system, what it held in memory is gone. */
    void kill() {
        log = null;
        store = null;
        directory.kill();
    }

    /** The machine ends at once: of what was not forced, some is left. */
    void cutPower(Dice fate) {
        kill();
        boots++;
        directory.crash(fate);
    }

    /** Reads of some file of the log fail until the process ends. */
    void failReads(Dice fate) {
        directory.failReadsOf(fate.pick(logFiles()));
        failsReads = true;
    }

    /** Whether what was written can be read. */
    boolean isReadable() {
        return !flipped && !failsReads;
    }

    /** People have seen to it: there is room, and writes and reads work. */
    void repair() {
        directory.failForceAfter(Integer.MAX_VALUE);
        directory.leaveRoom(Long.MAX_VALUE);
        directory.failReadsOf("");
        failsReads = false;
    }

    /** A bit of an old record changes, if there is one: not of the last records, which a crash may tear. */
    void flipOldBit(Dice fate) {
        String oldest = logFiles().get(0);
        int bytes = directory.sizeOf(oldest) / (logFiles().size() > 1 ? 1 : 3);
        if (bytes > MIN_DAMAGED_BYTES) {
            flipped = true;
            directory.flip(oldest, fate.below(bytes * Byte.SIZE));
        }
    }

    private List<String> logFiles() {
        return directory.names().stream().filter(name -> name.endsWith(".log")).toList();
    }

    /** Whether a bit of it has changed since it was new. */
    boolean isFlipped() {
        return flipped;
    }

    /** The log's last records are gone. */
    void unwrite(int records) {
        Log damaged = openLog();
        damaged.cut(damaged.last().lsn() - records);
        damaged.close();
    }

    /** Copies the directory without the ballot, as a backup does. */
    void backUp() {
        SimulatedDirectory copy = directory.copy();
        copy.delete(BallotFile.NAME);
        DataImage data = flushed.copy();
        backup = Optional.of(() -> {
            directory = copy.copy();
            flushed = data.copy();
            flipped = false;
        });
    }

    boolean hasBackup() {
        return backup.isPresent();
    }

    /** Puts the copy in the place of everything. */
    void restore() {
        backup.orElseThrow().run();
    }

    /** Everything is gone. */
    void wipe() {
        flipped = false;
        directory = new SimulatedDirectory();
        flushed = new DataImage();
    }

    /** The disk itself, to break it. */
    SimulatedDirectory directory() {
        return directory;
    }
}
