package org.understudy.net;

import static org.understudy.net.WireValues.getConstant;
import static org.understudy.net.WireValues.putConstant;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.understudy.AckPolicy;
import org.understudy.BranchState;
import org.understudy.log.ForwardId;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;
import org.understudy.protocol.ForwardAnswer;
import org.understudy.protocol.ForwardTerms;
import org.understudy.protocol.Message;

/** The frames of forwarded writes (protocol.md §9). A commit is a field, not a tail, so that the frame's checksum covers it. */
final class ForwardingFormats {
    private static final int DONE = 1;
    private static final int TOO_FEW_ACKS = 2;
    private static final int NOT_MASTER = 3;
    private static final int LOST = 4;
    private static final int NOT_SERVED = 5;
    private static final int UNKNOWN_ID = 6;
    private static final int TOO_LARGE = 7;
    private static final int REFUSED = 8;
    private static final int BRANCH_REFUSED = 9;

    private ForwardingFormats() {}

    static List<FrameFormat<? extends Message>> all() {
        return List.of(
                FrameFormat.of(
                        80,
                        Message.OpenSession.class,
                        (out, it) -> out.putLong(it.generation()).putLong(it.request()),
                        in -> new Message.OpenSession(in.getLong(), in.getLong())),
                FrameFormat.of(
                        81,
                        Message.SessionOpened.class,
                        (out, it) -> {
                            out.putLong(it.request()).putBoolean(it.session().isPresent());
                            it.session().ifPresent(out::putUuid);
                        },
                        in -> new Message.SessionOpened(in.getLong(), session(in))),
                FrameFormat.of(
                        82,
                        Message.Forward.class,
                        (out, it) -> {
                            putId(out.putLong(it.generation()), it.id());
                            out.putLong(it.lowestOpen()).putBoolean(it.again());
                            putConstant(out, it.terms().policy());
                            out.putBoolean(it.terms().forced())
                                    .putLong(it.terms().ackTimeoutMicros())
                                    .putBytes(it.commit());
                        },
                        in -> new Message.Forward(
                                in.getLong(),
                                id(in),
                                in.getLong(),
                                in.getBoolean(),
                                new ForwardTerms(getConstant(in, AckPolicy.class), in.getBoolean(), in.getLong()),
                                in.getBytes())),
                FrameFormat.of(
                        83,
                        Message.Forwarded.class,
                        (out, it) -> {
                            putId(out.putLong(it.generation()), it.id());
                            putAnswer(out, it.answer());
                        },
                        in -> new Message.Forwarded(in.getLong(), id(in), answer(in))));
    }

    private static Optional<UUID> session(ValueReader in) {
        return in.getBoolean() ? Optional.of(in.getUuid()) : Optional.empty();
    }

    private static void putId(ValueWriter out, ForwardId id) {
        out.putUuid(id.session()).putLong(id.number());
    }

    private static ForwardId id(ValueReader in) {
        return new ForwardId(in.getUuid(), in.getLong());
    }

    private static void putAnswer(ValueWriter out, ForwardAnswer answer) {
        if (answer instanceof ForwardAnswer.Done done) {
            out.putByte(DONE).putStanding(done.commit());
        } else if (answer instanceof ForwardAnswer.TooFewAcks few) {
            out.putByte(TOO_FEW_ACKS).putStanding(few.commit()).putAll(few.ackedSites(), ValueWriter::putString);
        } else if (answer instanceof ForwardAnswer.NotMaster) {
            out.putByte(NOT_MASTER);
        } else if (answer instanceof ForwardAnswer.Lost) {
            out.putByte(LOST);
        } else if (answer instanceof ForwardAnswer.NotServed) {
            out.putByte(NOT_SERVED);
        } else if (answer instanceof ForwardAnswer.UnknownId unknown) {
            out.putByte(UNKNOWN_ID).putBoolean(unknown.sessionKnown());
        } else if (answer instanceof ForwardAnswer.TooLarge large) {
            out.putByte(TOO_LARGE).putLong(large.bytes()).putLong(large.maxBytes());
        } else if (answer instanceof ForwardAnswer.Refused refused) {
            putConstant(out.putByte(REFUSED), refused.why());
            out.putString(refused.reason());
        } else if (answer instanceof ForwardAnswer.BranchRefused refused) {
            putConstant(out.putByte(BRANCH_REFUSED), refused.state());
            out.putString(refused.reason());
        }
    }

    private static ForwardAnswer answer(ValueReader in) {
        byte kind = in.getByte();
        return switch (kind) {
            case DONE -> new ForwardAnswer.Done(in.getStanding());
            case TOO_FEW_ACKS ->
                new ForwardAnswer.TooFewAcks(in.getStanding(), new TreeSet<>(in.getAll(ValueReader::getString)));
            case NOT_MASTER -> new ForwardAnswer.NotMaster();
            case LOST -> new ForwardAnswer.Lost();
            case NOT_SERVED -> new ForwardAnswer.NotServed();
            case UNKNOWN_ID -> new ForwardAnswer.UnknownId(in.getBoolean());
            case TOO_LARGE -> new ForwardAnswer.TooLarge(in.getLong(), in.getLong());
            case REFUSED -> new ForwardAnswer.Refused(getConstant(in, ForwardAnswer.Refusal.class), in.getString());
            case BRANCH_REFUSED -> new ForwardAnswer.BranchRefused(getConstant(in, BranchState.class), in.getString());
            default -> throw new MalformedValueException("an answer of unknown kind " + kind + " to a forwarded write");
        };
    }
}
