package org.understudy.net;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.understudy.AckPolicy;
import org.understudy.BranchState;
import org.understudy.Durability;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.log.ForwardId;
import org.understudy.log.GenerationHistory;
import org.understudy.log.GroupTerms;
import org.understudy.log.Mastership;
import org.understudy.log.MemberTable;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Command;
import org.understudy.protocol.ForwardAnswer;
import org.understudy.protocol.ForwardTerms;
import org.understudy.protocol.Message;

/** One message of every type at least, with different values in all fields. */
final class SampleMessages {
    private static final UUID ONE = new UUID(0x1111_2222_3333_4444L, 0x5555_6666_7777_8888L);
    private static final UUID OTHER = new UUID(-3, -4);
    private static final Standing STANDING = new Standing(7, 1_000_000_000_007L);
    private static final GenerationHistory HISTORY =
            new GenerationHistory(List.of(new Mastership(0, ONE, 1), new Mastership(3, OTHER, 20)));
    private static final MemberTable MEMBERS = new MemberTable(
                    ONE, 1, GroupTerms.of(Durability.WRITE_NO_SYNC, 1 << 20), List.of(), List.of(OTHER))
            .withJoining("127.0.0.1:7000", OTHER, false, 100)
            .withJoining("[::1]:7001", ONE, true, 0);

    private SampleMessages() {}

    static Stream<Message> all() {
        return Stream.of(
                new Message.Heartbeat(1, 2, true, STANDING, 5, 6, SyncPhase.NONE, 3, true),
                new Message.Heartbeat(
                        1, 2, false, STANDING, 5, 6, SyncPhase.STREAM, Message.Heartbeat.NO_SOURCE, false),
                new Message.Heartbeat(Long.MAX_VALUE, -2, false, Standing.ZERO, -5, 6, SyncPhase.STREAM),
                new Message.HeartbeatAnswer(1, 2, STANDING, 3, SyncPhase.CATCH_UP, -1, 0),
                new Message.ConfirmRequest(1),
                new Message.ConfirmAnswer(1, true, STANDING),
                new Message.ConfirmAnswer(2, false, Standing.ZERO),
                new Message.CanvassRequest(1, 2),
                new Message.CanvassAnswer(1, Message.CanvassKind.STANDING, 2, STANDING, 100, -99, true, ""),
                new Message.CanvassAnswer(1, Message.CanvassKind.MASTER_ALIVE, 2, STANDING, 0, 5, true, "ηost:7000"),
                new Message.Nominate(3, "127.0.0.1:7000", true),
                new Message.PrepareRequest(5, HISTORY, STANDING),
                new Message.PrepareAnswer(5, HISTORY, 3, 1, STANDING),
                new Message.VoteRequest(4, STANDING, 0),
                new Message.VoteRequest(4, STANDING, 3, true),
                new Message.VoteAnswer(4, true, 4, 100, ""),
                new Message.VoteAnswer(4, false, 9, 100, "voted for another"),
                append(records(900, 3, 100)),
                append(records(1, 1, 0)),
                new Message.Ack(1, 2, 3),
                new Message.PermanentAdvance(1, 2, 3),
                new Message.Outdated(5),
                new Message.VerifyRequest(1, HISTORY, STANDING, 2, true),
                new Message.VerifyRequest(1, GenerationHistory.EMPTY, Standing.ZERO, 0, false),
                new Message.VerifyAnswer(1, 2, ONE, HISTORY, 3, 4, 5, 6, 7, 8),
                new Message.StreamEnded(1, 2),
                new Message.RangeRequest(1, 2, 3, 4),
                new Message.RangeAnswer(1, STANDING, Optional.of(records(5, 40, 33))),
                new Message.RangeAnswer(1, STANDING, Optional.empty()),
                new Message.JoinRequest(1, 100, true, true),
                new Message.JoinAnswer(1, Message.JoinOutcome.REDIRECT, ONE, "127.0.0.1:7000", ""),
                new Message.JoinAnswer(1, Message.JoinOutcome.REFUSED, ONE, "", "known under another incarnation"),
                new Message.Removed(ONE, new Standing(3, 8), "by an administrator"),
                new Message.CommandRequest(1, new Command.Remove("127.0.0.1:7000")),
                new Message.CommandRequest(2, new Command.TransferMastership("127.0.0.1:7001")),
                new Message.CommandRequest(3, new Command.ChangePriority("127.0.0.1:7001", 250)),
                new Message.CommandRequest(5, new Command.ForceRemove("127.0.0.1:7001")),
                new Message.CommandRequest(4, new Command.DemoteToView("127.0.0.1:7001")),
                new Message.CommandAnswer(1, false, true, "no majority"),
                new Message.StandNow(1, STANDING),
                new Message.CheckpointRequest(1, ONE),
                new Message.CheckpointOffer(
                        1,
                        ONE,
                        STANDING,
                        2,
                        HISTORY,
                        MEMBERS,
                        List.of(
                                new Message.CheckpointFile("000012.sst", 1L << 40, -1),
                                new Message.CheckpointFile("MANIFEST-000001", 0, 7))),
                new Message.ChunkRequest(1, ONE, 2, 1L << 33, 1 << 20),
                chunk(300),
                chunk(0),
                new Message.CheckpointFailed(1, ONE, "the disk is full"),
                new Message.CheckpointDone(ONE),
                new Message.OpenSession(1, 2),
                new Message.SessionOpened(1, Optional.of(ONE)),
                new Message.SessionOpened(1, Optional.empty()),
                new Message.Forward(
                        1, new ForwardId(ONE, 2), 3, true, new ForwardTerms(AckPolicy.ALL_PEERS, true, 4), new byte[7]),
                forwarded(new ForwardAnswer.Done(STANDING)),
                forwarded(new ForwardAnswer.TooFewAcks(STANDING, Set.of("127.0.0.1:7000", "127.0.0.1:7001"))),
                forwarded(new ForwardAnswer.NotMaster()),
                forwarded(new ForwardAnswer.Lost()),
                forwarded(new ForwardAnswer.NotServed()),
                forwarded(new ForwardAnswer.UnknownId(true)),
                forwarded(new ForwardAnswer.TooLarge(1L << 40, 2)),
                forwarded(new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, "alone")),
                forwarded(new ForwardAnswer.BranchRefused(BranchState.COMMITTED, "decided")));
    }

    private static Message forwarded(ForwardAnswer answer) {
        return new Message.Forwarded(1, new ForwardId(ONE, 2), answer);
    }

    static Message.Append append(RecordBatch records) {
        return new Message.Append(2, ONE, 3, new Standing(1, records.firstLsn() - 1), records, 4, 5);
    }

    static Message.Chunk chunk(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return new Message.Chunk(1, ONE, 2, 3, checksum(bytes), bytes);
    }

    static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static RecordBatch records(long firstLsn, int count, int payloadBytes) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[payloadBytes];
            Arrays.fill(payload, (byte) i);
            builder.add(2, firstLsn + i, i == 1 ? RecordKind.GENERATION : RecordKind.TRANSACTION, payload);
        }
        return builder.build();
    }
}
