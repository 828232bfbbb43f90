package org.understudy.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.understudy.AckPolicy;
import org.understudy.BackupInfo;
import org.understudy.BranchId;
import org.understudy.ByteRange;
import org.understudy.CommitToken;
import org.understudy.Direction;
import org.understudy.EnvironmentDigest;
import org.understudy.PreparedBranch;
import org.understudy.Status;
import org.understudy.TransactionOptions;
import org.understudy.UndoneTransaction;
import org.understudy.VerifyReport;
import org.understudy.backend.BackendCursor;
import org.understudy.backend.RoleState;
import org.understudy.backend.Write;

/** Something that is answered on the same connection, and knows how. */
sealed interface Request<R> extends Word {

    /** The answer, as the process that has the home gives it. */
    R answer(Conversation with);

    // ---- data ----

    /** The newest value of a key. */
    record Get(String database, byte[] key) implements Request<Optional<byte[]>> {
        @Override
        public Optional<byte[]> answer(Conversation with) {
            return with.backend().get(database, key);
        }
    }

    /** The names of the databases. */
    record Names() implements Request<Set<String>> {
        @Override
        public Set<String> answer(Conversation with) {
            return with.backend().databaseNames();
        }
    }

    /** A commit that has read nothing. */
    record CommitAlone(Write write) implements Request<CommitToken> {
        @Override
        public CommitToken answer(Conversation with) {
            return with.backend().commit(write);
        }
    }

    // ---- a transaction, of which a connection has one at a time ----

    /** Begins it. */
    record Begin(TransactionOptions options) implements Request<Void> {
        @Override
        public Void answer(Conversation with) {
            with.took(with.backend().begin(options));
            return null;
        }
    }

    /** Goes on with one that an {@link Errand.BeginStaged} began. */
    record GoOn(long number) implements Request<Void> {
        @Override
        public Void answer(Conversation with) {
            with.took(with.process().begun(number));
            return null;
        }
    }

    /** The value of a key in it. */
    record Read(String database, byte[] key, boolean forUpdate) implements Request<Optional<byte[]>> {
        @Override
        public Optional<byte[]> answer(Conversation with) {
            return forUpdate
                    ? with.transaction().getForUpdate(database, key)
                    : with.transaction().get(database, key);
        }
    }

    /** How many keys there are in it. */
    record Count(String database) implements Request<Long> {
        @Override
        public Long answer(Conversation with) {
            return with.transaction().count(database);
        }
    }

    /** Begins a scan under a number, and fetches its first entries. */
    record OpenCursor(int number, String database, ByteRange range, Direction direction, boolean forUpdate, int atMost)
            implements Request<Batch> {
        @Override
        public Batch answer(Conversation with) {
            BackendCursor cursor = forUpdate
                    ? with.transaction().cursorForUpdate(database, range, direction)
                    : with.transaction().cursor(database, range, direction);
            with.opened(number, cursor);
            return Batch.fetched(cursor, Optional.empty(), atMost);
        }
    }

    /** Some entries of a scan, from where it stands or from a key on. */
    record Fetch(int cursor, Optional<byte[]> seek, int atMost) implements Request<Batch> {
        @Override
        public Batch answer(Conversation with) {
            return Batch.fetched(with.cursor(cursor), seek, atMost);
        }
    }

    /** Commits it, and waits. */
    record Commit() implements Request<CommitToken> {
        @Override
        public CommitToken answer(Conversation with) {
            return with.transaction().commit();
        }
    }

    /** Has it promise to commit, and waits. */
    record Prepare(BranchId branch) implements Request<Boolean> {
        @Override
        public Boolean answer(Conversation with) {
            return with.transaction().prepare(branch);
        }
    }

    /** The prepared branches that wait. */
    record Prepared() implements Request<List<PreparedBranch>> {
        @Override
        public List<PreparedBranch> answer(Conversation with) {
            return with.backend().prepared();
        }
    }

    /** Commits it; the outcome comes on the line, under this number. */
    record CommitStaged(long number) implements Request<Void> {
        @Override
        public Void answer(Conversation with) {
            with.process().settle(number, with.letGo());
            return null;
        }
    }

    // ---- the site ----

    /** Whether it may still be used. */
    record Check() implements Request<Void> {
        @Override
        public Void answer(Conversation with) {
            with.backend().check();
            return null;
        }
    }

    /** What it is. */
    record RoleNow() implements Request<RoleState> {
        @Override
        public RoleState answer(Conversation with) {
            return with.backend().role();
        }
    }

    /** All there is to know. */
    record StatusNow() implements Request<Status> {
        @Override
        public Status answer(Conversation with) {
            return with.backend().status();
        }
    }

    /** Asks for an election. */
    record StartElection() implements Request<Void> {
        @Override
        public Void answer(Conversation with) {
            with.backend().startElection();
            return null;
        }
    }

    /** What commits wait for. */
    record AckPolicyNow() implements Request<AckPolicy> {
        @Override
        public AckPolicy answer(Conversation with) {
            return with.backend().ackPolicy();
        }
    }

    /** Changes what commits wait for, in all processes of the home. */
    record ChangeAckPolicy(AckPolicy policy) implements Request<Void> {
        @Override
        public Void answer(Conversation with) {
            with.backend().changeAckPolicy(policy);
            return null;
        }
    }

    // ---- the operator's ----

    /** Some of the undone transactions, from the first on or after those told before; none when there are no more. */
    record Undone(boolean first) implements Request<List<UndoneTransaction>> {
        @Override
        public List<UndoneTransaction> answer(Conversation with) {
            return with.undone(first);
        }
    }

    /** A backup. */
    record Backup(Path directory) implements Request<BackupInfo> {
        @Override
        public BackupInfo answer(Conversation with) {
            return with.backend().backup(directory);
        }
    }

    /** A check of what is stored. */
    record Verify() implements Request<VerifyReport> {
        @Override
        public VerifyReport answer(Conversation with) {
            return with.backend().verify();
        }
    }

    /** What the databases held. */
    record Digest(long lsn) implements Request<EnvironmentDigest> {
        @Override
        public EnvironmentDigest answer(Conversation with) {
            return with.backend().digest(lsn);
        }
    }
}
