package org.understudy.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordBatch;

/**
 * What a {@link Replica} is fed, one at a time and in the order it happened.
 *
 * <p>The driver's duties: an {@link Appended} goes in before any other input that is taken after it was appended; inputs
 * of a connection come in the order they arrived, between its {@link Connected} and its {@link Disconnected}; nothing of
 * an older connection follows a {@link Connected} of the same peer.
 */
public sealed interface Input {

    /** Time has passed; due whenever {@link Replica#nextDeadlineMicros()} has come. */
    record Tick() implements Input {}

    /**
     * The application starts the site, or asks again after a failed start.
     *
     * @param request echoed in {@link Effect.CommandEnded}
     * @param creator whether this site may create the group if no helper knows it
     * @param helpers the sites to ask for the group
     * @param forgetful whether this site is in memory, so that it may have been a member before and not know it
     * @param replaces whether it takes the place of a site of its name that has lost its home, unasked
     * @param founding the table of a group whose sites all begin it alike; {@link MemberTable#NONE} for another
     */
    record Start(
            long request,
            boolean creator,
            List<String> helpers,
            long timeoutMicros,
            boolean forgetful,
            boolean replaces,
            MemberTable founding)
            implements Input {

        /** The start of a site that begins no group with others. */
        public Start(
                long request,
                boolean creator,
                List<String> helpers,
                long timeoutMicros,
                boolean forgetful,
                boolean replaces) {
            this(request, creator, helpers, timeoutMicros, forgetful, replaces, MemberTable.NONE);
        }

        /** The start of a site that forgets nothing. */
        public Start(long request, boolean creator, List<String> helpers, long timeoutMicros) {
            this(request, creator, helpers, timeoutMicros, false, false);
        }
    }

    /**
     * A connection is up and the handshake passed.
     *
     * @param groupId the peer's, {@code NO_ID} when it has none
     * @param forwarding whether its release knows forwarded writes
     */
    record Connected(Peer peer, UUID groupId, boolean forwarding) implements Input {

        /** To a peer of this release. */
        public Connected(Peer peer, UUID groupId) {
            this(peer, groupId, true);
        }
    }

    /** The connection to this peer is gone. */
    record Disconnected(Peer peer, String reason) implements Input {}

    /** An attempt to connect to a site failed, the handshake included. */
    record ConnectFailed(String site, String reason) implements Input {}

    /** A message arrived, {@link Message.Transfer} excepted: those are the drivers' own. */
    record Received(Peer peer, Message message) implements Input {}

    /** The tail's owner has appended these records on this master; they are in the operating system's hands. */
    record Appended(RecordBatch records) implements Input {}

    /** The local durability setting is met up to this standing (on a master and on a client alike). */
    record Stored(Standing standing) implements Input {}

    /** {@link Effect.Rollback} is done: log and data end here. */
    record RollbackDone(Standing last, GenerationHistory history, MemberTable members, List<CommitToken> undone)
            implements Input {}

    /** A source offers this checkpoint for {@link Effect.FetchCheckpoint}. */
    record CheckpointOffered(Standing standing, GenerationHistory history, long permanentLsn) implements Input {}

    /** A part of a checkpoint of this source is kept, and fetching can go on there; empty once it is of no use. */
    record CheckpointKept(Optional<Peer> source) implements Input {}

    /** A part of a checkpoint was handed to this site. */
    record ServedCheckpoint(Peer to) implements Input {}

    /** How an initialisation goes on. */
    record InitialiseProgress(long bytesDone, long bytesTotal, long bytesPerSecond) implements Input {}

    /** All files of the checkpoint are here and verified: {@link Effect.InstallCheckpoint} may follow. */
    record CheckpointFetched() implements Input {}

    /** The checkpoint is installed: log and data are now this. */
    record Initialised(Standing last, GenerationHistory history, MemberTable members, long permanentLsn)
            implements Input {}

    /** The initialisation failed and may be tried again. */
    record InitialiseFailed(String reason) implements Input {}

    /**
     * The driver asks how much of the log's beginning may go; {@link Effect.Trim} follows if any.
     *
     * @param keptLsn the first record that is kept whoever needs it
     * @param warnLsn the first record that is within three quarters of what the log may have
     * @param limitLsn the first record that is within what the log may have, whoever needs more
     * @param pinnedLsn the first record behind the oldest checkpoint in use
     * @param absentMicros how long records are kept for a site that is away
     */
    record AskTrim(long keptLsn, long warnLsn, long limitLsn, long pinnedLsn, long absentMicros) implements Input {}

    /**
     * The driver asks, now and then and whenever a segment of the log is full, whether commits can go on; {@link
     * Effect.RefuseCommits} or {@link Effect.AcceptCommits} follows if that changes.
     *
     * @param warnLsn the first record that is within three quarters of what the log may have
     * @param limitLsn the first record that is within what the log may have
     */
    record AskRoom(long warnLsn, long limitLsn) implements Input {}

    /** The log's first LSN moved: trimmed. */
    record Trimmed(long logStartLsn) implements Input {}

    /** A write or a force failed for good (protocol.md §2.4). */
    record WriteFailed(String reason) implements Input {}

    /**
     * The oldest write or force that is under way began so long ago; fed once that is longer than the replica was told to
     * stand, and with 0 once none is that old any more.
     */
    record DiskPending(long oldestMicros) implements Input {}

    /**
     * A commit was not acknowledged as its policy asks; it stands.
     *
     * @param elsewhere whether another process of this site committed, which is told there (protocol.md §11)
     */
    record AckFailed(CommitToken token, AckPolicy policy, Set<String> ackedSites, boolean elsewhere) implements Input {}

    /** An administrator's order. */
    record Order(long request, Command command, long timeoutMicros) implements Input {}

    /** The wall clock and the monotonic one have moved differently: the machine was suspended, or its time was set. */
    record ClocksDisagree() implements Input {}

    /** The application reads what the newest snapshot here may not show; {@link Effect.TakeSnapshot} asks for one. */
    record BeginRead(long request, ReadGoal goal, long timeoutMicros) implements Input {}

    /** A snapshot was taken for a read at this attempt, and shows this standing. */
    record SnapshotTaken(long request, long attempt, Standing snapshot) implements Input {}

    /** The application asks what has become of a commit, and waits so long for it to be final; 0 for not at all. */
    record AskOutcome(long request, Standing commit, long timeoutMicros) implements Input {}

    /** The application asks for an election. */
    record StartElection() implements Input {}

    /** The application makes this site master or client, where elections are off. */
    record Appoint(long request, Role role, long timeoutMicros) implements Input {}

    /**
     * The operator makes this site master of those that remain of a group without a majority.
     *
     * @param lost the voting sites given up; empty to be told only what it would mean
     */
    record ForceMaster(long request, Optional<Set<String>> lost, long timeoutMicros) implements Input {}

    /** The application agrees to what this site holds back. */
    record Allow(long request, Hold what) implements Input {}

    /**
     * The site is to stop: a master hands over first, unless another process of the site takes over (protocol.md §11); then
     * it only settles the commits under way.
     */
    record Stop(long request, long timeoutMicros, boolean takenOver) implements Input {
        /** Of a site that has no other process. */
        public Stop(long request, long timeoutMicros) {
            this(request, timeoutMicros, false);
        }
    }

    /** Whether there are processes beside this one that can take the site over (protocol.md §11). */
    record Subordinates(boolean present) implements Input {}

    /**
     * This process has taken the site over from one that was master of this generation, 0 for none; precedes {@link Start}.
     * The driver vouches that the other one has ended.
     */
    record TakeOver(long generation) implements Input {}

    /** What concerns forwarded writes (protocol.md §9). */
    sealed interface OfForwarding extends Input {}

    /** The application writes here, and this site is not master; {@link Effect.ForwardEnded} tells the outcome. */
    record ForwardWrite(long request, ForwardTerms terms, byte[] commit, long timeoutMicros) implements OfForwarding {}

    /** {@link Effect.CommitForwarded} has ended like this. */
    record ForwardedCommitEnded(Peer from, Message.Forward forward, ForwardAnswer answer) implements OfForwarding {}

    /** {@link Effect.OpenForwardSession} is done, and permanent. */
    record ForwardSessionOpened(Peer from, long request, UUID session) implements OfForwarding {}
}
