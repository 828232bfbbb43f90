package org.understudy.site.message;

import java.util.List;
import java.util.stream.IntStream;
import org.understudy.backend.Delivery;
import org.understudy.backend.Reception;
import org.understudy.net.MessageFrame.Cause;
import org.understudy.net.MessageFrame.NoAnswer;

/** A message for a handler in another process of this home. */
record PassedOn(ReceivedMessage message) implements Reception.Received {

    @Override
    public Delivery content() {
        List<byte[]> parts =
                IntStream.range(0, message.size()).mapToObj(message::bytes).toList();
        return new Delivery(message.topic(), message.sender(), parts, message.wantsReply());
    }

    @Override
    public void reply(List<byte[]> parts) {
        message.reply(parts.toArray());
    }

    @Override
    public void replyLater() {
        message.replyLater();
    }

    /** What is true then: it may have been handled, and nobody will answer it. */
    @Override
    public void abandon() {
        message.failed(NoAnswer.because(Cause.NO_RESPONSE));
    }

    @Override
    public void whenWithdrawn(Runnable then) {
        message.whenWithdrawn(then);
    }
}
