package org.understudy.store;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.ByteRange;
import org.understudy.Standing;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** A commit as the bytes in which it goes to another site (protocol.md §9). */
public final class CommitForm {
    private static final int WRITES = 1;
    private static final int TRANSACTION = 2;
    private static final int COMMAND = 3;
    private static final int PREPARATION = 4;
    private static final int DECISION = 5;

    private CommitForm() {}

    /**
     * Encodes a commit of this site's application.
     *
     * @throws IllegalArgumentException when it is none of an application's
     */
    public static byte[] encode(Commit commit) {
        ValueWriter out = new ValueWriter();
        if (commit instanceof BlindWrite write) {
            writeWrites(out.putByte(WRITES), write.writes());
        } else if (commit instanceof DatabaseCommand command) {
            out.putByte(COMMAND)
                    .putByte(command.kind().ordinal())
                    .putString(command.name())
                    .putString(command.newName());
        } else if (commit instanceof StoreTransaction transaction) {
            writeTransaction(out, transaction);
        } else if (commit instanceof Preparation preparation) {
            writeBranch(out.putByte(PREPARATION), preparation.branch());
            out.putString(preparation.site()).putBytes(preparation.form());
        } else if (commit instanceof Decision decision) {
            writeBranch(out.putByte(DECISION), decision.branch());
            out.putByte(decision.word().ordinal());
        } else {
            throw new IllegalArgumentException("not to be sent: " + commit);
        }
        return out.toByteArray();
    }

    private static void writeTransaction(ValueWriter out, StoreTransaction transaction) {
        ReadSet reads = transaction.reads();
        if (reads.isEmpty()) {
            writeWrites(out.putByte(WRITES), transaction.writes());
            return;
        }
        out.putByte(TRANSACTION).putStanding(transaction.standing());
        out.putAll(reads.databases().entrySet(), (to, entry) -> to.putString(entry.getKey())
                .putInt(entry.getValue()));
        out.putAll(reads.keys(), (to, key) -> to.putInt(key.database()).putBytes(key.key()));
        out.putAll(reads.ranges(), (to, range) -> {
            to.putInt(range.database());
            writeBound(to, range.range().from());
            writeBound(to, range.range().to());
        });
        writeWrites(out, transaction.writes());
    }

    private static void writeBound(ValueWriter out, Optional<byte[]> bound) {
        out.putBoolean(bound.isPresent());
        bound.ifPresent(out::putBytes);
    }

    private static void writeWrites(ValueWriter out, WriteSet writes) {
        out.putAll(writes.all(), (to, database) -> {
            to.putString(database.getKey()).putBoolean(database.getValue().truncates());
            to.putAll(database.getValue().keys().entrySet(), CommitForm::writeKey);
        });
    }

    private static void writeKey(ValueWriter out, Map.Entry<byte[], byte[]> entry) {
        boolean deleted = entry.getValue() == DatabaseWrites.DELETED;
        out.putBytes(entry.getKey()).putBoolean(deleted);
        if (!deleted) {
            out.putBytes(entry.getValue());
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @param nowMillis the time here: what is promised and decided goes by the clock of the master alone
     * @throws MalformedValueException when it is nothing of the kind
     */
    public static Commit decode(byte[] bytes, long nowMillis) {
        ValueReader in = new ValueReader(bytes);
        byte kind = in.getByte();
        Commit commit =
                switch (kind) {
                    case WRITES -> new SentTransaction(Standing.ZERO, new ReadSet(), readWrites(in));
                    case TRANSACTION -> readTransaction(in);
                    case COMMAND -> readCommand(in);
                    case PREPARATION -> readPreparation(in, nowMillis);
                    case DECISION -> readDecision(in, nowMillis);
                    default -> throw new MalformedValueException("a commit of unknown kind " + kind);
                };
        in.end();
        return commit;
    }

    /** Reads a transaction, and nothing else, that {@link #encode} wrote. */
    static SentTransaction transaction(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != WRITES && bytes[0] != TRANSACTION) {
            throw new MalformedValueException("a commit that is no transaction, where only one can be promised");
        }
        return (SentTransaction) decode(bytes, 0);
    }

    private static void writeBranch(ValueWriter out, BranchId branch) {
        out.putInt(branch.format()).putString(branch.global()).putString(branch.qualifier());
    }

    private static BranchId readBranch(ValueReader in) {
        return new BranchId(in.getInt(), in.getString(), in.getString());
    }

    private static Commit readPreparation(ValueReader in, long nowMillis) {
        Preparation preparation = new Preparation(readBranch(in), in.getString(), nowMillis, in.getBytes());
        transaction(preparation.form());
        return preparation;
    }

    private static Commit readDecision(ValueReader in, long nowMillis) {
        BranchId branch = readBranch(in);
        byte word = in.getByte();
        if (word < 0 || word >= BranchDecision.values().length) {
            throw new MalformedValueException("an unknown decision " + word + " on a branch");
        }
        return new Decision(branch, BranchDecision.values()[word], nowMillis);
    }

    private static Commit readTransaction(ValueReader in) {
        Standing snapshot = in.getStanding();
        ReadSet reads = new ReadSet();
        in.getAll(from -> Map.entry(from.getString(), from.getInt()))
                .forEach(database -> reads.readDatabase(database.getKey(), database.getValue()));
        in.getAll(from -> new NumberedKey(from.getInt(), from.getBytes()))
                .forEach(key -> reads.read(key.database(), key.key(), null));
        in.getAll(from -> new ReadSet.ProtectedRange(from.getInt(), new ByteRange(readBound(from), readBound(from))))
                .forEach(range -> reads.protect(range.database(), range.range()));
        checkNumbers(reads);
        return new SentTransaction(snapshot, reads, readWrites(in));
    }

    /** What a transaction has read it has read in a database that it names. */
    private static void checkNumbers(ReadSet reads) {
        Set<Integer> named = Set.copyOf(reads.databases().values());
        Stream.concat(
                        reads.keys().stream().map(NumberedKey::database),
                        reads.ranges().stream().map(ReadSet.ProtectedRange::database))
                .filter(number -> !named.contains(number))
                .findFirst()
                .ifPresent(number -> {
                    throw new MalformedValueException(
                            "a transaction that has read in database number " + number + " without naming it");
                });
    }

    private static Optional<byte[]> readBound(ValueReader in) {
        return in.getBoolean() ? Optional.of(in.getBytes()) : Optional.empty();
    }

    private static WriteSet readWrites(ValueReader in) {
        WriteSet writes = new WriteSet();
        in.getAll(from -> readDatabase(from, writes));
        return writes;
    }

    private static String readDatabase(ValueReader in, WriteSet writes) {
        String name = checked(in.getString());
        DatabaseWrites database = writes.to(name);
        if (in.getBoolean()) {
            database.truncate();
        }
        in.getAll(from -> readKey(from, database));
        return name;
    }

    private static String checked(String database) {
        if (ForwardSessions.isReserved(database)) {
            throw new MalformedValueException(
                    "database " + database + " is the library's own and takes no forwarded writes");
        }
        return database;
    }

    private static boolean readKey(ValueReader in, DatabaseWrites database) {
        byte[] key = in.getBytes();
        boolean deleted = in.getBoolean();
        if (deleted) {
            database.delete(key);
        } else {
            database.put(key, in.getBytes());
        }
        return deleted;
    }

    private static Commit readCommand(ValueReader in) {
        byte kind = in.getByte();
        if (kind < 0 || kind >= DatabaseCommand.Kind.values().length) {
            throw new MalformedValueException("an unknown command " + kind + " on a database");
        }
        String name = checked(in.getString());
        String newName = checked(in.getString());
        return DatabaseCommand.Kind.values()[kind] == DatabaseCommand.Kind.REMOVE
                ? DatabaseCommand.remove(name)
                : DatabaseCommand.rename(name, newName);
    }
}
