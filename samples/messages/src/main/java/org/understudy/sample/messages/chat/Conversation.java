package org.understudy.sample.messages.chat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.cdi.Topic;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.web.LiveTopic;

/**
 * What this site has heard and said since its process started. Messages are not stored anywhere: one who comes later has
 * missed them.
 */
@ApplicationScoped
class Conversation implements LiveTopic {

    /** Under which topic lines travel. */
    static final String TOPIC = "chat";

    private static final int MOST_ENTRIES = 100;

    private final Deque<Entry> entries = new ArrayDeque<>();

    private long last;
    private long heard;

    @Inject
    Environment environment;

    @Inject
    Directory directory;

    /** Another site says something, or this one to itself; a question is answered. */
    void hear(@Observes @Topic(TOPIC) ChannelMessage message) {
        Line line = message.as(0, Line.class);
        Receipt receipt = new Receipt(directory.local().number(), environment.role(), heard(line));
        if (message.wantsReply()) {
            message.reply(receipt);
        }
    }

    private synchronized long heard(Line line) {
        if (line.from() != directory.local().number()) {
            add(line, false, Optional.empty());
        }
        return ++heard;
    }

    /** This site has said something, and maybe got an answer. */
    synchronized void said(Line line, Optional<String> answer) {
        add(line, true, answer);
    }

    private void add(Line line, boolean mine, Optional<String> answer) {
        entries.addLast(new Entry(++last, line, mine, answer));
        if (entries.size() > MOST_ENTRIES) {
            entries.removeFirst();
        }
    }

    @Override
    public String name() {
        return "lines";
    }

    @Override
    public synchronized Object value() {
        return List.copyOf(entries);
    }
}
