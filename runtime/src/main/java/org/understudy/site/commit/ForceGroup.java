package org.understudy.site.commit;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.site.thread.Worker;

/**
 * Forces the log for everybody who needs it: whatever has been appended when a force begins shares it. A committing
 * thread that would only wait forces itself, if nobody does, and so spares a change of threads; when more has come
 * meanwhile the writer thread goes on.
 */
public final class ForceGroup {
    private final Place place;
    private final Runnable forceLog;
    private final Worker writer;
    private final TailListener listener;
    private final AtomicBoolean forcing = new AtomicBoolean();
    private final AtomicBoolean handedOver = new AtomicBoolean();
    private final ConcurrentLinkedQueue<PendingCommit> waiting = new ConcurrentLinkedQueue<>();
    private volatile Standing appended = Standing.ZERO;
    private volatile long wantedLsn;
    private volatile long forcedLsn;
    private volatile long masterships;
    private volatile boolean failed;

    /** Forces by {@code forceLog}, and tells the listener how far. */
    public ForceGroup(Place place, Runnable forceLog, Worker writer, TailListener listener) {
        this.place = place;
        this.forceLog = forceLog;
        this.writer = writer;
        this.listener = listener;
    }

    /** A mastership begins behind this standing. Called by the tail's owner. */
    synchronized void begin(Standing below) {
        masterships++;
        appended = below;
        wantedLsn = below.lsn();
        forcedLsn = below.lsn();
    }

    /** A force that began in an earlier mastership says nothing of this one's records. */
    private synchronized void forced(Standing upTo, long mastership) {
        if (mastership == masterships) {
            forcedLsn = upTo.lsn();
        }
    }

    /** Records were appended. Called by the tail's owner, in order; {@link #request} for each that waits comes before. */
    void appended(Standing last, boolean wanted) {
        appended = last;
        if (wanted) {
            wantedLsn = last.lsn();
        }
    }

    /** Up to here this mastership's records are forced. */
    long forcedLsn() {
        return forcedLsn;
    }

    /** This commit waits for its own force. Called by the tail's owner, in order. */
    void request(PendingCommit commit) {
        waiting.add(commit);
    }

    /** Forces in this thread if there is need and nobody does it already. */
    public void help() {
        if (isWanted() && forcing.compareAndSet(false, true)) {
            forceOnce();
            delegate();
        }
    }

    /** Has the writer thread force if there is need. */
    public void delegate() {
        if (isWanted() && handedOver.compareAndSet(false, true)) {
            writer.submit(this::forceAll);
        }
    }

    private void forceAll() {
        handedOver.set(false);
        while (isWanted() && forcing.compareAndSet(false, true)) {
            forceOnce();
        }
    }

    private boolean isWanted() {
        return wantedLsn > forcedLsn && !failed;
    }

    private void forceOnce() {
        try {
            long mastership = masterships;
            Standing upTo = appended;
            forceLog.run();
            forced(upTo, mastership);
            listener.forced(upTo);
            release(upTo.lsn());
        } catch (RuntimeException e) {
            failed = true;
            listener.failed(e);
            fail(() -> e);
        } finally {
            forcing.set(false);
        }
    }

    private void release(long lsn) {
        for (PendingCommit first = waiting.peek(); first != null && first.lsn() <= lsn; first = waiting.peek()) {
            waiting.poll().done(PendingCommit.FORCED);
        }
    }

    /** Whoever waits for a force waits in vain, but its record is written, and may have been shipped. */
    void fail(Supplier<RuntimeException> reason) {
        String why =
                "it is in the log, which could not be forced: " + reason.get().getMessage();
        for (Iterator<PendingCommit> each = waiting.iterator(); each.hasNext(); ) {
            PendingCommit commit = each.next();
            commit.fail(() -> new OutcomeUnknownException(place, commit.token(), why));
            each.remove();
        }
    }
}
