package org.understudy.site.message;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.backend.Delivery;

/** A message that the process that has the home has passed on: that one knows whether it is still to be answered. */
final class SubordinateMessage extends Content implements ChannelMessage {
    private final boolean wantsReply;
    private final Parts answers;
    private final Consumer<List<byte[]>> path;
    private final Function<String, Channel> channels;
    private volatile boolean later;

    /** {@code path} takes the answer; {@code channels} gives a channel to a site. */
    SubordinateMessage(
            Delivery delivery, Parts answers, Consumer<List<byte[]>> path, Function<String, Channel> channels) {
        super(delivery.topic(), delivery.sender(), delivery.parts(), answers.codec());
        this.wantsReply = delivery.wantsReply();
        this.answers = answers;
        this.path = path;
        this.channels = channels;
    }

    @Override
    public boolean wantsReply() {
        return wantsReply;
    }

    @Override
    public void reply(Object... answer) {
        if (!wantsReply) {
            throw new IllegalStateException("This " + this + " wants no answer: send one back over channelToSender()");
        }
        path.accept(answers.encode("The answer to " + sender(), answer));
    }

    @Override
    public void replyLater() {
        later = true;
    }

    boolean isAnsweredLater() {
        return wantsReply && later;
    }

    @Override
    public Channel channelToSender() {
        return channels.apply(sender());
    }
}
