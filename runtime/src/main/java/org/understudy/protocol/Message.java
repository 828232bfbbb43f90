package org.understudy.protocol;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.log.ForwardId;
import org.understudy.log.GenerationHistory;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordBatch;

/** What sites say to each other (protocol.md). Every message is a value; the wire format is {@code net}'s. */
public sealed interface Message {

    /** Whether it travels on the connection for bulk, so that heartbeats and records never wait behind it. */
    default boolean isBulk() {
        return false;
    }

    /**
     * Sent by every site on every connection when it has been quiet (protocol.md §4.1), and by a new master at once.
     *
     * @param number counts the heartbeats of this sender; the answer echoes it
     * @param generation the sender's generation
     * @param master whether the sender is master of that generation
     * @param last the sender's standing
     * @param permanentLsn the sender's permanent LSN
     * @param majorityAgeMicros how long ago a majority last answered the master; 0 from a client
     * @param phase where the sender's synchronisation stands
     * @param serving how many sites have lately fetched records or a checkpoint from the sender; {@link #NO_SOURCE} of one
     *     from which none can
     * @param hasSubordinates whether the sender is master and another process can take its site over (protocol.md §11)
     */
    record Heartbeat(
            long number,
            long generation,
            boolean master,
            Standing last,
            long permanentLsn,
            long majorityAgeMicros,
            SyncPhase phase,
            int serving,
            boolean hasSubordinates)
            implements Message {

        /** In place of a count: the sender is a partial view (protocol.md §5). */
        public static final int NO_SOURCE = -1;

        /** Of a site from which nobody fetches and that no other process can take over. */
        public Heartbeat(
                long number,
                long generation,
                boolean master,
                Standing last,
                long permanentLsn,
                long majorityAgeMicros,
                SyncPhase phase) {
            this(number, generation, master, last, permanentLsn, majorityAgeMicros, phase, 0, false);
        }
    }

    /**
     * The answer to a {@link Heartbeat}: its number, and how the answering site stands.
     *
     * @param confirmedAgeMicros how long ago it was certain that the answering master had no successor; negative from a
     *     client, and before the first time
     * @param promisedMicros for how long from now on the answering site votes for nobody else; 0 for no promise
     */
    record HeartbeatAnswer(
            long number,
            long generation,
            Standing last,
            long permanentLsn,
            SyncPhase phase,
            long confirmedAgeMicros,
            long promisedMicros)
            implements Message {}

    /** Asks how the receiver would stand in an election; changes nothing durable (protocol.md §4.2). */
    record CanvassRequest(long round, long generation) implements Message {}

    /** How a canvassed member answers. */
    enum CanvassKind {
        /** It could be master. */
        STANDING,
        /** It counts but can't be master: priority 0, a sick disk, no majority in reach. */
        CANNOT_STAND,
        /** It hears a master, which ends the canvass. */
        MASTER_ALIVE,
        /** It may neither vote nor stand for now (protocol.md §2.3); its priority is 0 if it could not stand either way. */
        BARRED,
        /** It is nominated and fetches what it lacks first, which delays the canvasser as a master would. */
        PREPARING
    }

    /**
     * The answer to a {@link CanvassRequest}.
     *
     * @param knewMaster whether it has known a master since its own start
     * @param master the master it hears, with {@link CanvassKind#MASTER_ALIVE}; else empty
     */
    record CanvassAnswer(
            long round,
            CanvassKind kind,
            long generation,
            Standing standing,
            int priority,
            long tiebreaker,
            boolean knewMaster,
            String master)
            implements Message {}

    /**
     * Tells the best of a canvass to stand; void once the receiver has seen a higher generation or hears a master.
     *
     * @param source the member that knows more and can't be elected, from which to fetch it first; empty for none
     * @param lastResort whether all members answered and too few may vote, so that the barred ones do (protocol.md §2.3)
     */
    record Nominate(long generation, String source, boolean lastResort) implements Message {}

    /** A nominee asks a member that knows more where the two logs part (protocol.md §4.2). */
    record PrepareRequest(long request, GenerationHistory history, Standing last) implements Message {}

    /**
     * The answer to a {@link PrepareRequest}.
     *
     * @param matchLsn the largest LSN both hold with the same generation and mastership
     * @param logStartLsn the first LSN the answering site can send
     * @param last the answering site's standing
     */
    record PrepareAnswer(long request, GenerationHistory history, long matchLsn, long logStartLsn, Standing last)
            implements Message {}

    /**
     * Asks for a vote (protocol.md §4.3).
     *
     * @param generation the generation the candidate would be master of
     * @param standing the candidate's, which must be at least the voter's
     * @param released a mastership whose master has given up its lease in the candidate's favour; 0 for none
     * @param lastResort whether a barred site votes too, and is barred until this mastership begins there
     *     (protocol.md §2.3)
     */
    record VoteRequest(long generation, Standing standing, long released, boolean lastResort) implements Message {
        /** An ordinary one. */
        public VoteRequest(long generation, Standing standing, long released) {
            this(generation, standing, released, false);
        }
    }

    /**
     * The answer to a {@link VoteRequest}.
     *
     * @param generation the generation asked for
     * @param granted whether the vote is given, which is forced to disk before
     * @param highestGeneration the highest the voter knows
     * @param priority the voter's, with which a group that is being founded takes it in (protocol.md §6)
     * @param reason why not; empty when granted
     */
    record VoteAnswer(long generation, boolean granted, long highestGeneration, int priority, String reason)
            implements Message {}

    /**
     * Records for a site that streams (protocol.md §3).
     *
     * @param stream numbers the stream within this mastership; acks name it
     * @param previous the standing the receiver's log must have exactly
     * @param permanentLsn the master's permanent LSN
     * @param masterLsn the master's last LSN
     */
    record Append(
            long generation,
            UUID mastershipId,
            long stream,
            Standing previous,
            RecordBatch records,
            long permanentLsn,
            long masterLsn)
            implements Message {}

    /** This stream's records are stored up to here, durability setting met. */
    record Ack(long generation, long stream, long lsn) implements Message {}

    /** Your permanent LSN may rise: sent on a stream that has no records to carry it. */
    record PermanentAdvance(long generation, long stream, long permanentLsn) implements Message {}

    /** A message of an older generation came; this one is known here. */
    record Outdated(long generation) implements Message {}

    /**
     * Asks the master where the two logs part, and to stream from there (protocol.md §5). {@code stands}: whether this site
     * stands for election, if its entry says so, too; one that was started as a view never does.
     */
    record VerifyRequest(long request, GenerationHistory history, Standing last, long permanentLsn, boolean stands)
            implements Message {}

    /**
     * The answer to a {@link VerifyRequest}.
     *
     * @param matchLsn the largest LSN both hold with the same generation and mastership
     * @param logStartLsn the first LSN the answering site can still send
     * @param masterLsn its last LSN
     * @param stream the stream that now begins behind {@code matchLsn}; 0 when the asker must catch up first
     * @param ackedLsn what the asker has acknowledged in this mastership; 0 for nothing
     */
    record VerifyAnswer(
            long request,
            long generation,
            UUID mastershipId,
            GenerationHistory history,
            long matchLsn,
            long logStartLsn,
            long masterLsn,
            long permanentLsn,
            long stream,
            long ackedLsn)
            implements Message {
        /** To one that has acknowledged nothing in this mastership. */
        public VerifyAnswer(
                long request,
                long generation,
                UUID mastershipId,
                GenerationHistory history,
                long matchLsn,
                long logStartLsn,
                long masterLsn,
                long permanentLsn,
                long stream) {
            this(request, generation, mastershipId, history, matchLsn, logStartLsn, masterLsn, permanentLsn, stream, 0);
        }
    }

    /** A stream ends: its site fell too far behind and must catch up. */
    record StreamEnded(long generation, long stream) implements Message {}

    /** Asks for stored records from an LSN on, about so many bytes. */
    record RangeRequest(long request, long fromLsn, long toLsn, int maxBytes) implements Message {
        @Override
        public boolean isBulk() {
            return true;
        }
    }

    /**
     * The answer to a {@link RangeRequest}.
     *
     * @param previous the standing just below the first record
     * @param records none when the source no longer or not yet holds them
     */
    record RangeAnswer(long request, Standing previous, Optional<RecordBatch> records) implements Message {
        @Override
        public boolean isBulk() {
            return true;
        }
    }

    /** Asks for membership, of a member or of the master; {@code replaces} in the place of its name's old self (protocol.md §6). */
    record JoinRequest(long request, int priority, boolean view, boolean replaces) implements Message {}

    /** What becomes of a {@link JoinRequest}. */
    enum JoinOutcome {
        /** The table has it, or soon will: ask the master to verify. */
        ACCEPTED,
        /** Ask the named master. */
        REDIRECT,
        /** Not now: no master, or another change is under way. */
        LATER,
        /** This site belongs to no group itself. */
        NO_GROUP,
        /** Never like this: the reason says what to do. */
        REFUSED
    }

    /** The answer to a {@link JoinRequest}; {@code master} is empty where none is named. */
    record JoinAnswer(long request, JoinOutcome outcome, UUID groupId, String master, String reason)
            implements Message {}

    /**
     * You are no longer a member, by the table that stands there in the sender's log; sent only once that is permanent. Who
     * has it in its own log too, and is a member by a later one, has joined anew since, and the sender doesn't know.
     */
    record Removed(UUID groupId, Standing table, String reason) implements Message {}

    /** An administrator's order that only the master can carry out. */
    record CommandRequest(long request, Command command) implements Message {}

    /** How a {@link CommandRequest} ended; {@code retry} tells that asking again, perhaps another master, may help. */
    record CommandAnswer(long request, boolean done, boolean retry, String reason) implements Message {}

    /** Asks a master to prove that no later mastership has begun by now, for a read (protocol.md §7). */
    record ConfirmRequest(long ask) implements Message {}

    /**
     * The answer to a {@link ConfirmRequest}.
     *
     * @param confirmed whether that is proved; if not, ask again or another
     * @param floor what the read's snapshot has to hold, of the answering mastership
     */
    record ConfirmAnswer(long ask, boolean confirmed, Standing floor) implements Message {}

    /** Ends a handover: the master has given up its role, stand at once (protocol.md §4.4). */
    record StandNow(long generation, Standing last) implements Message {}

    /** The messages of an initialisation, which the two sites' drivers exchange (protocol.md §5). */
    sealed interface Transfer extends Message {
        @Override
        default boolean isBulk() {
            return true;
        }
    }

    /** Asks for a checkpoint; {@code resume} names one begun before, or {@code NO_ID}. */
    record CheckpointRequest(long request, UUID resume) implements Transfer {}

    /** One file of a checkpoint. */
    record CheckpointFile(String name, long bytes, int checksum) {}

    /** A checkpoint is ready to be fetched, chunk by chunk. */
    record CheckpointOffer(
            long request,
            UUID checkpoint,
            Standing standing,
            long permanentLsn,
            GenerationHistory history,
            MemberTable members,
            List<CheckpointFile> files)
            implements Transfer {}

    /** Asks for a piece of a checkpoint's file. */
    record ChunkRequest(long request, UUID checkpoint, int file, long offset, int maxBytes) implements Transfer {}

    /** A piece of a checkpoint's file with its CRC32C. */
    record Chunk(long request, UUID checkpoint, int file, long offset, int checksum, byte[] bytes)
            implements Transfer {}

    /** The source can't go on with this checkpoint. */
    record CheckpointFailed(long request, UUID checkpoint, String reason) implements Transfer {}

    /** The checkpoint is no longer needed. */
    record CheckpointDone(UUID checkpoint) implements Transfer {}

    /** Asks the master of a generation for a session to forward writes in (protocol.md §9). */
    record OpenSession(long generation, long request) implements Message {}

    /** The session is open for good; none where that master serves no forwarded writes. */
    record SessionOpened(long request, Optional<UUID> session) implements Message {}

    /**
     * A write that this mastership is asked to commit, once under its id (protocol.md §9).
     *
     * @param generation the only mastership that may take this message
     * @param lowestOpen the lowest number of the session that the sender still waits for
     * @param again whether a mastership before was asked too, and may have written it
     * @param commit what the sites' stores make of it; opaque here
     */
    record Forward(long generation, ForwardId id, long lowestOpen, boolean again, ForwardTerms terms, byte[] commit)
            implements Message {}

    /** What the mastership of a generation says to a {@link Forward}. */
    record Forwarded(long generation, ForwardId id, ForwardAnswer answer) implements Message {}
}
