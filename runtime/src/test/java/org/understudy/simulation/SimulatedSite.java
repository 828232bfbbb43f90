package org.understudy.simulation;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.understudy.Durability;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.WriteFailedException;
import org.understudy.log.Member;
import org.understudy.protocol.Input;
import org.understudy.protocol.Recovered;

/** A machine with a disk and, most of the time, a process of a site on it. */
final class SimulatedSite {
    private final World world;
    private SiteSettings settings;
    private final MachineClock clock;
    private final Dice dice;
    private final Disk disk;
    private final ArrayDeque<Runnable> deferred = new ArrayDeque<>();
    private Optional<SiteProcess> process = Optional.empty();
    private boolean powered = true;
    private boolean paused;
    private boolean wasMember;
    private boolean stranger;
    private boolean removed;
    private boolean hasSubordinates;
    private boolean diskBroken;
    private boolean unforced;
    private long diskStalledUntil;
    private int lives;
    private Node tip = Node.ROOT;
    private Node stored = Node.ROOT;

    SimulatedSite(World world, SiteSettings settings, SiteClock clock, Dice dice) {
        this.world = world;
        this.settings = settings;
        this.clock = new MachineClock(clock);
        this.dice = dice;
        this.disk = new Disk(new Place("simulated", Optional.of(name())), dice.fork("disk"));
    }

    String name() {
        return settings.replica().localSite();
    }

    World world() {
        return world;
    }

    SiteSettings settings() {
        return settings;
    }

    /** Another configuration, for the next start. */
    void configure(SiteSettings next) {
        settings = next;
    }

    /** Its own entry in the member table of its log. */
    Optional<Member> self() {
        return incarnation().flatMap(incarnation -> tip.members().find(name(), incarnation));
    }

    MachineClock clock() {
        return clock;
    }

    Dice dice() {
        return dice;
    }

    Disk disk() {
        return disk;
    }

    /** The process that runs now. */
    Optional<SiteProcess> process() {
        return process;
    }

    boolean isUp() {
        return process.isPresent();
    }

    boolean isPowered() {
        return powered;
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether its disk has failed, so that only a new start helps. */
    boolean isDiskBroken() {
        return diskBroken;
    }

    /** Whether its disk carries this incarnation. */
    boolean is(UUID incarnation) {
        return incarnation().filter(incarnation::equals).isPresent();
    }

    /** The incarnation its disk carries; none before the first start. */
    Optional<UUID> incarnation() {
        return lives == 0 ? Optional.empty() : Optional.of(disk.ballot().incarnation());
    }

    /** Whether it was a member since its disk was new. */
    boolean wasMember() {
        return wasMember;
    }

    void becameMember() {
        wasMember = true;
        stranger = false;
    }

    /** Whether its disk was emptied, and it is no member again yet. */
    boolean isStranger() {
        return stranger;
    }

    /** Whether the group has removed it. */
    boolean isRemoved() {
        return removed;
    }

    /** Whether its power failed since its last start, with records not forced: some of what it acknowledged may be gone. */
    boolean mayHaveLost() {
        return unforced;
    }

    /** The last record it has accepted for writing, as the ledger knows it. */
    Node tip() {
        return tip;
    }

    /** The last record of its log that would survive. */
    Node stored() {
        return stored;
    }

    /** The ledger's note of where this site's log ends. */
    void note(Node lastAccepted, Node lastStored) {
        tip = lastAccepted;
        stored = lastStored;
    }

    // ---- the process ----

    /** Starts a process, unless one runs. */
    void start() {
        start(Optional.empty());
    }

    private void start(Optional<Input> before) {
        if (isUp()) {
            return;
        }
        powered = true;
        lives++;
        diskBroken = false;
        disk.repair();
        Recovered recovered = open();
        SiteProcess next = new SiteProcess(
                this,
                world.replicas().make(settings.replica(), recovered, dice.fork("replica" + lives)),
                recovered.ballot().hasGroup()
                        ? recovered.ballot().groupId()
                        : settings.founding().groupId());
        process = Optional.of(next);
        world.trace().add(world.agenda().now(), name(), "starts with", recovered.last());
        world.observer().started(this);
        unforced = false;
        before.ifPresent(next::take);
        next.begin();
        if (hasSubordinates) {
            next.take(new Input.Subordinates(true));
        }
    }

    /** Starts a process in the place of one that was master of a generation, or of none (protocol.md §11). */
    void takeOver(long generation) {
        start(Optional.of(new Input.TakeOver(generation)));
    }

    /** From now on other programs have its environment open, too. */
    void attend() {
        hasSubordinates = true;
        process.ifPresent(live -> live.take(new Input.Subordinates(true)));
    }

    /** Opens the disk; one that turns out to be damaged is emptied, as its message says. */
    private Recovered open() {
        try {
            return disk.open();
        } catch (EnvironmentCorruptedException e) {
            world.trace().add(world.agenda().now(), name(), "is damaged", e.getMessage());
            wipe();
            return disk.open();
        }
    }

    /** The disk gives back something else than was written, or nothing: the process ends, and people see to the disk. */
    void stopForGood(RuntimeException reason) {
        world.trace().add(world.agenda().now(), name(), "stops for good", reason.getMessage());
        kill();
        if (reason instanceof EnvironmentCorruptedException && !removed) {
            wipe();
        }
        world.agenda().after(dice.magnitude(10_000, 5_000_000), () -> {
            if (!removed) {
                start();
            }
        });
    }

    /** Ends the process in order: the network says so, and what was written is forced. */
    void close() {
        process.ifPresent(ending -> {
            ending.tail().close();
            ending.sessions().open().forEach(end -> end.close("site " + name() + " closed"));
            try {
                disk.flush();
                disk.log().close();
                disk.closed();
            } catch (WriteFailedException e) {
                world.trace().add(world.agenda().now(), name(), "could not close", e.getMessage());
            }
            disk.kill();
            finish(ending, "closed");
        });
    }

    /** Kills the process; the operating system goes on. */
    void kill() {
        process.ifPresent(ending -> {
            ending.sessions().open().forEach(end -> end.die(dice, "site " + name() + " died"));
            disk.kill();
            finish(ending, "killed");
        });
    }

    /** Cuts the machine's power. */
    void cutPower() {
        process.ifPresent(ending -> {
            powered = false;
            unforced |= settings.replica().terms().durability() != Durability.SYNC;
            ending.sessions().open().forEach(end -> end.vanish(dice));
            disk.cutPower(dice);
            finish(ending, "without power");
        });
    }

    private void finish(SiteProcess ending, String how) {
        world.trace().add(world.agenda().now(), name(), "is", how);
        ending.end();
        process = Optional.empty();
        paused = false;
        clock.thaw(world.agenda().now());
        deferred.clear();
        world.observer().ended(this);
    }

    /** Empties the disk; the process must have ended. */
    void wipe() {
        disk.wipe();
        removed = false;
        stranger = true;
        wasMember = true;
        world.observer().wiped(this);
    }

    /** The end of its log is lost, however safe it was; the process must have ended. */
    void unwrite(int records) {
        disk.unwrite(records);
        Node kept = tip.at(tip.lsn() - records);
        note(kept, kept);
    }

    /** Puts an old copy of its directory back; the process must have ended. */
    void restore() {
        wipe();
        disk.restore();
    }

    /** The group has removed this site: the program closes it. */
    void removed() {
        removed = true;
        process.ifPresent(gone -> gone.after(1, this::close));
    }

    // ---- the machine ----

    /** Stops the process for a while, as a debugger or a garbage collector does. */
    void pause(long micros) {
        if (isUp() && !paused) {
            paused = true;
            SiteProcess stopped = process.get();
            world.agenda().after(micros, () -> {
                if (process.filter(stopped::equals).isPresent()) {
                    resume();
                }
            });
        }
    }

    /** Lets a paused process go on with all that has waited. */
    void resume() {
        paused = false;
        clock.thaw(world.agenda().now());
        List<Runnable> waited = new ArrayList<>(deferred);
        deferred.clear();
        waited.forEach(action -> process.ifPresent(live -> run(live, action)));
    }

    /** Runs something that belongs to a process: now, when it goes on, or never if it has ended. */
    void run(SiteProcess owner, Runnable action) {
        if (owner.hasEnded()) {
            return;
        }
        if (paused) {
            deferred.add(action);
        } else {
            guarded(action);
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (EnvironmentCorruptedException | UncheckedIOException e) {
            stopForGood(e);
        }
    }

    /** Something arrives for a process: it takes it, or the machine refuses it when the process has ended. */
    void arrives(SiteProcess owner, Runnable take, Runnable refuse) {
        if (!owner.hasEnded()) {
            run(owner, take);
        } else if (powered) {
            refuse.run();
        }
    }

    /** What a forced write takes now. */
    long diskDelay() {
        long stall = Math.max(0, diskStalledUntil - world.agenda().now());
        return stall + dice.until(settings.diskMicros());
    }

    /** The disk does nothing for so long. */
    void stallDisk(long micros) {
        diskStalledUntil = Math.max(diskStalledUntil, world.agenda().now() + micros);
    }

    /** The next forced write fails, and with it the disk until the next start. */
    void breakDisk() {
        diskBroken = true;
        disk.directory().failForceAfter(0);
    }

    /** The disk has room for so many bytes more, until the next start. */
    void fillDisk(int bytes) {
        diskBroken = true;
        disk.directory().leaveRoom(bytes);
    }

    /** Reads of some file fail until the next start. */
    void failReads(Dice fate) {
        diskBroken = true;
        disk.failReads(fate);
    }

    /** Sends the machine to sleep, and its monotonic clock with it. */
    void freeze(long micros) {
        if (isUp() && !paused) {
            clock.freeze(world.agenda().now());
            pause(micros);
        }
    }

    /** The disk works at its usual speed again. */
    void repairDisk() {
        diskStalledUntil = 0;
    }

    @Override
    public String toString() {
        return name();
    }
}
