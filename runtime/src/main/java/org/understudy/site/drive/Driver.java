package org.understudy.site.drive;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Input;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaView;
import org.understudy.site.commit.AppendedBatch;

/**
 * Feeds a {@link Replica} its inputs, one at a time and in order, and has its effects carried out, all on the event loop.
 *
 * <p>An effect whose durable part takes time pauses the driver: later effects and inputs wait, while the loop goes on.
 * What the effects of one turn of the loop have collected is settled at its end.
 */
public final class Driver {

    /** Who carries effects out. */
    public interface Carrier {

        /** Carries out one effect; may {@link Driver#pause}. */
        void carryOut(Effect effect);

        /** These commits are written: from now on acknowledgements count for them. */
        void written(AppendedBatch batch);

        /** A turn of the loop ends. */
        void turnEnds();

        /** When {@link #tick} is due; {@link Long#MAX_VALUE} for never. */
        long nextDeadlineMicros();

        /** Time has passed. */
        void tick(long nowMicros);

        /** The replica, or somebody who carries out its effects, broke down. */
        void brokeDown(Throwable failure);
    }

    private final EventLoop loop;
    private final Replica replica;
    private final Queue<AppendedBatch> appended = new ConcurrentLinkedQueue<>();
    private final Queue<Input> posted = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ArrayDeque<Input> inputs = new ArrayDeque<>();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final Alarm alarm;
    private final ClockWatch clocks;
    private Carrier carrier;
    private boolean pumping;
    private volatile boolean paused;
    private volatile boolean ballotLost;

    /** Goes in before all that waits; null when there is none. */
    private volatile Input urgent;

    private boolean ending;
    private boolean stopped;

    /** A driver of this replica, on a machine whose clocks may drift by so much; nothing happens before {@link #begin}. */
    public Driver(EventLoop loop, Replica replica, int clockDriftPpm) {
        this.loop = loop;
        this.replica = replica;
        this.clocks = new ClockWatch(() -> System.currentTimeMillis() * 1000, clockDriftPpm, nowMicros());
        this.alarm = new Alarm(loop, this::tick);
    }

    /** Says who carries effects out; before the first input. */
    public void begin(Carrier by) {
        carrier = by;
    }

    /** Records are in the operating system's hands. Any thread. */
    public void appended(AppendedBatch batch) {
        appended.add(batch);
        wake();
    }

    /** An input from elsewhere than the loop. Any thread; in the order of the calls. */
    public void post(Input input) {
        posted.add(input);
        wake();
    }

    private void wake() {
        if (!woken.get() && woken.compareAndSet(false, true)) {
            loop.execute(this::awake);
        }
    }

    private void awake() {
        woken.set(false);
        pump();
        endTurn();
    }

    /** An input from the loop itself. */
    public void input(Input input) {
        inputs.add(input);
        pump();
        if (!ending) {
            ending = true;
            loop.execute(this::endTurn);
        }
    }

    /** An input from whoever settles what the turn has collected. */
    void feed(Input input) {
        inputs.add(input);
        pump();
    }

    private void tick() {
        if (!paused && !stopped) {
            guarded(() -> carrier.tick(nowMicros()));
            input(new Input.Tick());
        }
    }

    private void endTurn() {
        ending = false;
        if (stopped) {
            return;
        }
        guarded(carrier::turnEnds);
        if (!paused && !stopped) {
            long due = Math.min(replica.nextDeadlineMicros(), carrier.nextDeadlineMicros());
            alarm.setFor(due, nowMicros());
        }
    }

    /**
     * Takes nothing further until the returned action is run, on any thread; for effects whose durable part is done
     * elsewhere.
     */
    public Runnable pause() {
        paused = true;
        return () -> loop.execute(() -> {
            paused = false;
            pump();
            endTurn();
        });
    }

    /**
     * The ballot could not be saved: the replica hears of that before anything else, and nothing that depends on the ballot
     * is done any more. Before the driver goes on; any thread.
     */
    void ballotFailed(Input.WriteFailed failure) {
        ballotLost = true;
        urgent = failure;
    }

    /** What the replica looks like. On the loop. */
    public ReplicaView view() {
        return replica.view(nowMicros());
    }

    /** Takes no input any more. On the loop. */
    public void stop() {
        stopped = true;
        alarm.off();
        inputs.clear();
        effects.clear();
        posted.clear();
    }

    /** The replica's clock. */
    static long nowMicros() {
        return System.nanoTime() / 1000;
    }

    void pump() {
        if (pumping) {
            return;
        }
        pumping = true;
        try {
            guarded(this::work);
        } finally {
            pumping = false;
        }
    }

    private void work() {
        while (!stopped) {
            while (!paused && !effects.isEmpty()) {
                Effect effect = effects.poll();
                if (!ballotLost || !needsBallot(effect)) {
                    carrier.carryOut(effect);
                }
            }
            if (paused || !next()) {
                return;
            }
        }
        for (AppendedBatch batch = appended.poll(); batch != null; batch = appended.poll()) {
            carrier.written(batch);
        }
    }

    /** What must not happen when the ballot it depends on is not on the disk. */
    private static boolean needsBallot(Effect effect) {
        return effect instanceof Effect.Send
                || effect instanceof Effect.OpenTail
                || effect instanceof Effect.InstallCheckpoint;
    }

    /** Takes the next input; what was appended goes before anything else, as {@link Input} demands. */
    private boolean next() {
        Input first = urgent;
        if (first != null) {
            urgent = null;
            take(first);
            return true;
        }
        AppendedBatch batch = appended.poll();
        if (batch != null) {
            carrier.written(batch);
            take(new Input.Appended(batch.records()));
            if (batch.stored() && appended.isEmpty()) {
                take(new Input.Stored(batch.records().last()));
            }
            return true;
        }
        Input input = posted.poll();
        if (input == null) {
            input = inputs.poll();
        }
        if (input != null) {
            take(input);
        }
        return input != null;
    }

    private void take(Input input) {
        long now = nowMicros();
        if (clocks.disagree(now)) {
            replica.handle(now, new Input.ClocksDisagree(), effects::add);
        }
        replica.handle(now, input, effects::add);
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable e) {
            stop();
            carrier.brokeDown(e);
        }
    }
}
