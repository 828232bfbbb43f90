package org.understudy.site.message;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.MessageTooLargeException;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.net.Handed;
import org.understudy.net.MessageFrame.Cause;
import org.understudy.net.MessageFrame.NoAnswer;

/** A message with its sender still there: who waits for an answer gets exactly one word back, whoever says it first. */
final class ReceivedMessage extends Content implements ChannelMessage {

    private enum Stage {
        ONE_WAY,
        OPEN,
        LATER,
        ANSWERED,
        UNANSWERED,
        WITHDRAWN
    }

    private final Place place;
    private final Parts parts;
    private final AnswerPath path;
    private final Function<String, Channel> channels;
    private final AtomicReference<Stage> stage;
    private volatile Runnable whenWithdrawn = () -> {};

    /** {@code path} leads nowhere where no answer is wanted. */
    ReceivedMessage(
            Place place,
            String topic,
            String sender,
            List<byte[]> content,
            Parts parts,
            boolean wantsReply,
            AnswerPath path,
            Function<String, Channel> channels) {
        super(topic, sender, content, parts.codec());
        this.place = place;
        this.parts = parts;
        this.path = path;
        this.channels = channels;
        this.stage = new AtomicReference<>(wantsReply ? Stage.OPEN : Stage.ONE_WAY);
    }

    @Override
    public boolean wantsReply() {
        return stage.get() != Stage.ONE_WAY;
    }

    @Override
    public void reply(Object... answer) {
        List<byte[]> encoded;
        try {
            encoded = parts.encode("The answer to " + sender(), answer);
        } catch (MessageTooLargeException tooLarge) {
            end(Stage.ANSWERED);
            path.fail(new NoAnswer(Cause.ANSWER_TOO_LARGE, "", tooLarge.bytes(), tooLarge.maxBytes()));
            throw tooLarge;
        }
        end(Stage.ANSWERED);
        Handed handed = path.answer(encoded);
        if (handed == Handed.FULL) {
            path.fail(NoAnswer.because(Cause.ANSWERS_BACK_UP));
            throw new UnavailableException(
                    place,
                    false,
                    "Site " + sender()
                            + " takes its answers too slowly: more than message-queue wait for it; it was told that"
                            + " this one is dropped");
        } else if (handed == Handed.GONE) {
            throw new UnavailableException(
                    place, false, "Site " + sender() + " is no longer connected: nobody waits for this answer");
        }
    }

    @Override
    public void replyLater() {
        stage.compareAndSet(Stage.OPEN, Stage.LATER);
    }

    @Override
    public Channel channelToSender() {
        return channels.apply(sender());
    }

    /** The handler has returned: who has no answer by now, and was promised none, gets none. */
    void handled() {
        if (stage.compareAndSet(Stage.OPEN, Stage.UNANSWERED)) {
            path.fail(NoAnswer.because(Cause.NO_RESPONSE));
        }
    }

    /** It was not handled, or not to the end. */
    void failed(NoAnswer why) {
        if (stage.compareAndSet(Stage.OPEN, Stage.UNANSWERED) || stage.compareAndSet(Stage.LATER, Stage.UNANSWERED)) {
            path.fail(why);
        }
    }

    /** Whether nobody waits any more for it to be handled. */
    boolean isOver() {
        return stage.get() == Stage.WITHDRAWN;
    }

    /** Its sender waits no longer. */
    void withdrawn() {
        if (stage.compareAndSet(Stage.OPEN, Stage.WITHDRAWN) || stage.compareAndSet(Stage.LATER, Stage.WITHDRAWN)) {
            whenWithdrawn.run();
        }
    }

    /** Runs something when that comes, at once if it has. */
    void whenWithdrawn(Runnable then) {
        whenWithdrawn = then;
        if (isOver()) {
            then.run();
        }
    }

    private void end(Stage how) {
        Stage before = stage.get();
        while ((before == Stage.OPEN || before == Stage.LATER) && !stage.compareAndSet(before, how)) {
            before = stage.get();
        }
        if (before != Stage.OPEN && before != Stage.LATER) {
            throw new IllegalStateException("[" + place + "] This " + this + refusal(before));
        }
    }

    private static String refusal(Stage stage) {
        return switch (stage) {
            case ONE_WAY -> " wants no answer: send one back over channelToSender()";
            case ANSWERED -> " has its answer already: a request has exactly one";
            case UNANSWERED ->
                " was not answered when its handler ended, and its sender was told so: call replyLater() in"
                        + " the handler to answer afterwards";
            default -> " is over: its sender waits no longer";
        };
    }
}
