package org.understudy.sample.messages.chat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.Channel;
import org.understudy.cdi.ToAll;
import org.understudy.cdi.ToMaster;
import org.understudy.cdi.ToSite;
import org.understudy.cdi.Topic;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.group.Neighbour;

/** Says and asks things, over the channels there are. */
@ApplicationScoped
class Speaker {

    @Inject
    @ToMaster
    @Topic(Conversation.TOPIC)
    Channel master;

    @Inject
    @ToAll
    @Topic(Conversation.TOPIC)
    Channel all;

    /** Which sites there are is known at run time only. */
    @Inject
    @Any
    Instance<Channel> channels;

    @Inject
    Directory directory;

    @Inject
    Conversation conversation;

    private final Map<String, Channel> sites = new ConcurrentHashMap<>();

    /** Says something to all others, and waits for nobody. */
    void tellAll(String text) {
        Line line = line("all", text);
        all.send(line);
        conversation.said(line, Optional.empty());
    }

    /** Asks whoever is master, and waits for the answer. */
    String askMaster(String text) {
        return ask(master, line("the master", text));
    }

    /** Asks one site, and waits for the answer. */
    String ask(Neighbour site, String text) {
        return ask(channelTo(site), line(site.title(), text));
    }

    private String ask(Channel channel, Line question) {
        String answer = channel.request(question).as(0, Receipt.class).inWords();
        conversation.said(question, Optional.of(answer));
        return answer;
    }

    private Channel channelTo(Neighbour site) {
        return sites.computeIfAbsent(
                site.site(),
                name -> channels.select(ToSite.Literal.of(name)).get().topic(Conversation.TOPIC));
    }

    private Line line(String to, String text) {
        return new Line(directory.local().number(), to, text, Instant.now());
    }
}
