package org.understudy.site.message;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.net.AnswerLine;
import org.understudy.net.Handed;
import org.understudy.net.MessageFrame.Answer;
import org.understudy.net.MessageFrame.NoAnswer;
import org.understudy.net.MessageFrame.Post;
import org.understudy.net.MessageFrame.Unanswered;
import org.understudy.net.MessageFrame.Withdrawal;
import org.understudy.net.MessageListener;

/** What another site sends here on one connection, and the requests in it that are not answered yet. */
final class Correspondence implements MessageListener.Incoming {
    private final Deliveries deliveries;
    private final AnswerLine line;
    private final Inbox inbox;
    private final MessageCounts counts;
    private final Map<Long, ReceivedMessage> unanswered = new ConcurrentHashMap<>();

    Correspondence(Deliveries deliveries, AnswerLine line, MessageCounts counts) {
        this.deliveries = deliveries;
        this.line = line;
        this.inbox = deliveries.inbox(line.site());
        this.counts = counts;
        inbox.whenRoomy(line::resume);
        holdUp();
    }

    @Override
    public void posted(Post post) {
        boolean request = post.request() != 0;
        ReceivedMessage message =
                deliveries.received(post.topic(), line.site(), post.parts(), request, new Back(post.request()));
        if (request) {
            unanswered.put(post.request(), message);
        }
        inbox.add(message);
        holdUp();
    }

    @Override
    public void withdrawn(Withdrawal withdrawal) {
        ReceivedMessage message = unanswered.remove(withdrawal.request());
        if (message != null) {
            message.withdrawn();
        }
    }

    @Override
    public void closed(long dropped) {
        counts.dropped.add(dropped);
        unanswered.values().forEach(ReceivedMessage::withdrawn);
        unanswered.clear();
    }

    /** What waits for its handler is bounded: the sender's own queue holds the rest. */
    private void holdUp() {
        if (inbox.isFull()) {
            line.pause();
            if (inbox.isRoomy()) {
                line.resume(); // it was emptied just before the pause, and nobody would end that
            }
        }
    }

    /** The way back for one request. */
    private final class Back implements AnswerPath {
        private final long request;

        Back(long request) {
            this.request = request;
        }

        @Override
        public Handed answer(List<byte[]> parts) {
            unanswered.remove(request);
            return line.send(new Answer(request, parts));
        }

        @Override
        public void fail(NoAnswer why) {
            unanswered.remove(request);
            line.send(new Unanswered(request, why));
        }
    }
}
