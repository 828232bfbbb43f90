package org.understudy.net;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What came to a {@link TestSite} over its connections for messages; requests are answered with what they say. */
final class TestPost implements MessageListener {

    /** Something it was told: by which site, and what. */
    record Told(String site, String what) {}

    private final Queue<Told> told = new ConcurrentLinkedQueue<>();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final Queue<AnswerLine> lines = new ConcurrentLinkedQueue<>();

    /** The names of the threads it was told on. */
    Set<String> threads() {
        return threads;
    }

    private void tell(String site, String what) {
        threads.add(Thread.currentThread().getName());
        told.add(new Told(site, what));
    }

    List<Told> told() {
        return List.copyOf(told);
    }

    /** The connections on which others have sent. */
    List<AnswerLine> lines() {
        return List.copyOf(lines);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(List<byte[]> parts) {
        return parts.stream()
                .map(part -> new String(part, StandardCharsets.UTF_8))
                .toList()
                .toString();
    }

    @Override
    public Incoming opened(AnswerLine line) {
        lines.add(line);
        tell(line.site(), "opened");
        return new Incoming() {
            @Override
            public void posted(MessageFrame.Post post) {
                tell(line.site(), "posted " + text(post.parts()));
                if (post.request() != 0) {
                    line.send(new MessageFrame.Answer(post.request(), post.parts()));
                }
            }

            @Override
            public void withdrawn(MessageFrame.Withdrawal withdrawal) {
                tell(line.site(), "withdrawn " + withdrawal.request());
            }

            @Override
            public void closed(long dropped) {
                tell(line.site(), "closed");
            }
        };
    }

    @Override
    public void answered(MessageLine line, MessageFrame.Answer answer) {
        tell(line.site(), "answered " + answer.request() + " " + text(answer.parts()));
    }

    @Override
    public void unanswered(MessageLine line, MessageFrame.Unanswered unanswered) {
        tell(line.site(), "unanswered " + unanswered.request());
    }

    @Override
    public void lost(MessageLine line, String reason, long dropped) {
        tell(line.site(), "lost");
    }
}
