package org.understudy.protocol;

import java.util.Optional;
import org.understudy.log.GenerationHistory;
import org.understudy.log.RecordBatch;

/**
 * What a nominee lacks, fetched from a member that knows more and can't be elected itself: a verify with that member as
 * source (protocol.md §4.2).
 */
final class Preparation {
    /** How it stands. */
    enum State {
        UNDER_WAY,
        DONE,
        FAILED
    }

    private final ReplicaContext context;
    private final ClientRole client;
    private final Catchup catchup;
    private final Runnable onEnd;
    private State state = State.DONE;
    private String source = "";
    private long request;
    private boolean awaited;
    private long progressAtMicros;

    /** Why it failed. */
    private String obstacle = "";

    /** {@code onEnd} runs when it is done or has failed. */
    Preparation(ReplicaContext context, ClientRole client, Runnable onEnd) {
        this.context = context;
        this.client = client;
        this.onEnd = onEnd;
        this.catchup = new Catchup(context);
    }

    State state() {
        return state;
    }

    String source() {
        return source;
    }

    String obstacle() {
        return obstacle;
    }

    void begin(String from) {
        state = State.UNDER_WAY;
        source = from;
        verify();
        if (!context.peers.isConnected(source)) {
            context.emit(new Effect.ConnectNow(source));
        }
    }

    /** Nothing more is fetched; an undo or a swap under way goes on. */
    void cease() {
        catchup.cease();
        awaited = false;
        state = State.DONE;
        source = "";
    }

    private void verify() {
        catchup.cease();
        awaited = false;
        progressAtMicros = context.now;
        if (!client.rebuilding().isUnderWay()) {
            request++;
            awaited = true;
            context.peers
                    .connected(source)
                    .ifPresent(peer ->
                            context.send(peer, new Message.PrepareRequest(request, context.history, context.last)));
        }
    }

    void connected(Peer peer) {
        if (peer.name().equals(source)) {
            verify();
        }
    }

    void unreachable(String site) {
        if (site.equals(source)) {
            fail("site " + site + " can't be connected to");
        }
    }

    /** Tells another nominee where the two logs part. */
    static void answer(ReplicaContext context, Peer from, Message.PrepareRequest asked) {
        long match = GenerationHistory.matchPoint(
                context.history,
                context.last.lsn(),
                asked.history(),
                asked.last().lsn());
        context.send(
                from,
                new Message.PrepareAnswer(asked.request(), context.history, match, context.logStartLsn, context.last));
    }

    void onAnswer(Peer from, Message.PrepareAnswer answer) {
        if (!awaited || !from.name().equals(source) || answer.request() != request) {
            return;
        }
        awaited = false;
        if (context.history.contradicts(answer.history())) {
            context.panic("this site and site " + from + " know different masterships of one generation: two masters"
                    + " have been, or a directory was copied back over a site; restore one as a new site");
        } else if (context.last.atLeast(answer.last())) {
            end(State.DONE);
        } else if (!context.rules.mayUndo(answer.matchLsn(), context.permanentLsn)) {
            fail("the log of site " + from + " parts from this site's at LSN " + answer.matchLsn()
                    + ", below the permanent LSN " + context.permanentLsn);
        } else if (!isAllowed(answer)) {
            fail("of this site's records " + (answer.matchLsn() + 1) + " to " + context.last.lsn()
                    + " would be undone or replaced for it, which auto-rollback, rollback-limit or auto-init forbids");
        } else if (answer.matchLsn() < context.last.lsn() || answer.matchLsn() + 1 < answer.logStartLsn()) {
            client.goBack(from, answer.matchLsn());
        } else {
            catchup.begin(from, answer.last().lsn());
        }
    }

    /** Nobody is there to ask, so only what may be done unasked is (protocol.md §5). */
    private boolean isAllowed(Message.PrepareAnswer answer) {
        SyncSettings sync = context.settings.sync();
        long undone = context.last.lsn() - answer.matchLsn();
        boolean mayUndo = undone == 0 || sync.autoRollback() && undone <= sync.rollbackLimit();
        return mayUndo && (sync.autoInit() || answer.matchLsn() + 1 >= answer.logStartLsn());
    }

    void onRangeAnswer(Peer from, Message.RangeAnswer answer) {
        if (!catchup.isAnswerTo(from, answer)) {
            return;
        }
        Optional<RecordBatch> records = catchup.take(from, answer);
        if (records.isEmpty()) {
            fail("site " + from + " no longer holds what follows " + context.last);
            return;
        }
        progressAtMicros = context.now;
        context.emit(new Effect.Write(records.get()));
        context.extend(records.get());
        if (catchup.isReached()) {
            verify();
        } else {
            catchup.accepted();
        }
    }

    void stored() {
        catchup.stored();
    }

    /** A rollback or an initialisation is done: ask anew. */
    void rebuilt() {
        if (state == State.UNDER_WAY) {
            verify();
        }
    }

    void initialiseFailed(String reason) {
        if (state == State.UNDER_WAY) {
            fail(reason);
        }
    }

    /** Files arrive. */
    void progressed() {
        progressAtMicros = context.now;
    }

    private void fail(String why) {
        obstacle = why;
        end(State.FAILED);
    }

    private void end(State how) {
        catchup.cease();
        awaited = false;
        state = how;
        onEnd.run();
    }

    long deadline() {
        return state == State.UNDER_WAY
                ? progressAtMicros + context.settings.times().electionTimeoutMicros()
                : Long.MAX_VALUE;
    }

    /** Gives up when nothing has come for an election timeout; an undo or a swap comes to an end by itself. */
    void tick() {
        if (context.now < deadline()) {
            return;
        }
        if (client.rebuilding().isUnderWay()) {
            progressAtMicros = context.now;
        } else {
            fail("nothing came from site " + source + " for "
                    + context.settings.times().electionTimeoutMicros() / 1000 + " ms");
        }
    }
}
