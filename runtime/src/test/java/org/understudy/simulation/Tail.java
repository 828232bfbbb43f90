package org.understudy.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.understudy.Standing;
import org.understudy.WriteFailedException;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Effect;

/** The owner of the log's tail on a master: gives commits their LSNs, appends them, and tells the protocol. */
final class Tail {
    private final SiteProcess process;
    private final RecordBatchBuilder builder = new RecordBatchBuilder();
    private final ArrayDeque<Operation> held = new ArrayDeque<>();
    private State state = State.CLOSED;
    private long generation;
    private long opening;
    private boolean refusing;

    private enum State {
        CLOSED,
        OPENING,
        OPEN,
        HELD
    }

    Tail(SiteProcess process) {
        this.process = process;
    }

    /** Commits belong to this generation, as soon as what was to be written before is. */
    void open(Effect.OpenTail effect) {
        state = State.OPENING;
        generation = effect.generation();
        long mine = ++opening;
        process.writer().then(() -> {
            if (state == State.OPENING && mine == opening) {
                state = State.OPEN;
                appendControl(RecordKind.GENERATION, effect.generationStart());
                effect.founding().ifPresent(table -> appendControl(RecordKind.MEMBERSHIP, table.encode()));
            }
        });
    }

    void hold() {
        if (state == State.OPEN) {
            state = State.HELD;
        }
    }

    void resume() {
        if (state == State.HELD) {
            state = State.OPEN;
            commit(takeHeld());
        }
    }

    /** The log is full of what is not permanent. */
    void refuse() {
        refusing = true;
    }

    /** It is no longer. */
    void accept() {
        refusing = false;
    }

    /** No further record of this mastership. */
    void close() {
        refusing = false;
        state = State.CLOSED;
        takeHeld().forEach(operation -> process.answer(operation, Operation.Outcome.REFUSED));
        process.waiters().abandon();
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    private List<Operation> takeHeld() {
        List<Operation> operations = new ArrayList<>(held);
        held.clear();
        return operations;
    }

    /** The first record of a group's log. */
    void begin(byte[] membershipChange) {
        append(new RecordBatchBuilder()
                .add(0, 1, RecordKind.MEMBERSHIP, membershipChange)
                .build());
    }

    /** A record of the protocol's own. */
    void control(RecordKind kind, byte[] payload) {
        if (state == State.OPENING) {
            process.writer().then(() -> control(kind, payload));
        } else if (state != State.CLOSED) {
            appendControl(kind, payload);
        }
    }

    private void appendControl(RecordKind kind, byte[] payload) {
        append(builder.add(generation, process.disk().log().last().lsn() + 1, kind, payload)
                .build());
    }

    /** Commits these together, or holds or refuses them. */
    void commit(List<Operation> operations) {
        if (operations.isEmpty()) {
            return;
        }
        if (refusing && state == State.OPEN) {
            operations.forEach(operation -> process.answer(operation, Operation.Outcome.REFUSED));
            return;
        }
        switch (state) {
            case OPEN -> write(operations);
            case HELD, OPENING -> operations.forEach(this::holdBack);
            default -> operations.forEach(operation -> process.answer(operation, Operation.Outcome.REFUSED));
        }
    }

    private void holdBack(Operation operation) {
        held.add(operation);
        process.after(process.settings().ackTimeoutMicros(), () -> {
            if (held.remove(operation)) {
                process.answer(operation, Operation.Outcome.REFUSED);
            }
        });
    }

    private void write(List<Operation> operations) {
        long lsn = process.disk().log().last().lsn();
        DataImage data = process.disk().store().live();
        long[] values = data.values.clone();
        SessionBook book = new SessionBook(process, data);
        List<Operation> written = new ArrayList<>();
        for (Operation operation : operations) {
            Standing place = new Standing(generation, lsn + 1);
            Optional<Changes> changes = book.changes(operation, place, values);
            if (changes.isPresent()) {
                lsn++;
                changes.get().write(builder, operation.kind(), generation, lsn);
                operation.written(process.site().name(), place);
                written.add(operation);
            }
        }
        if (!written.isEmpty()) {
            RecordBatch batch = builder.build();
            written.forEach(process.waiters()::add);
            append(batch);
        }
    }

    private void append(RecordBatch batch) {
        try {
            process.disk().log().append(batch);
        } catch (WriteFailedException e) {
            halfWritten(batch);
            state = State.CLOSED;
            process.diskFailed(e);
            return;
        }
        process.disk().store().apply(batch);
        process.appended(batch);
    }

    /** Whole records of it may be on the disk: the next process finds them. */
    private void halfWritten(RecordBatch batch) {
        Node tip = process.site().tip();
        Node stored = process.site().stored();
        batch.forEach(record -> process.observer().written(process.site(), record));
        process.site().note(tip, stored);
    }
}
