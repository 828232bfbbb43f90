package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.NoHandlerException;
import org.understudy.Role;
import org.understudy.cdi.EnvironmentName;
import org.understudy.cdi.ToAll;
import org.understudy.cdi.ToMaster;
import org.understudy.cdi.ToSite;
import org.understudy.cdi.Topic;

/** Messages between the sites of a group, whose three sites are environments of one application. */
class ChannelIT extends ThreeSitesTest {

    /** Answers for the sites, each in its own way; nobody answers to "nobody", and at west nobody to "ask". */
    @ApplicationScoped
    static class Desk {
        private final List<String> news = new CopyOnWriteArrayList<>();

        void north(@Observes @EnvironmentName("north") @Topic("ask") ChannelMessage message) {
            Quote quote = message.as(0, Quote.class);
            message.reply(new Quote(quote.symbol(), quote.cents() + 1), "north, to " + message.sender());
        }

        void south(@Observes @EnvironmentName("south") @Topic("ask") ChannelMessage message) {
            message.channelToSender().topic("news").send("south was asked");
            message.reply(message.as(0, Quote.class), "south, to " + message.sender());
        }

        void news(@Observes @EnvironmentName("west") @Topic("news") ChannelMessage message) {
            news.add(message.text());
        }

        void fail(@Observes @Topic("fail") ChannelMessage message) {
            throw new IllegalStateException("an observer that throws, as a test");
        }

        List<String> news() {
            return news;
        }
    }

    /** What the application sends through. */
    @ApplicationScoped
    static class Senders {
        @Inject
        @EnvironmentName("west")
        @ToMaster
        @Topic("ask")
        private Channel master;

        @Inject
        @EnvironmentName("south")
        @ToAll
        @Topic("news")
        private Channel all;

        Message askMaster(Object... parts) {
            return master.request(parts);
        }

        void tellAllFromSouth(String text) {
            all.send(text);
        }
    }

    @Inject
    @Any
    Instance<Channel> channels;

    @Inject
    Desk desk;

    @Inject
    Senders senders;

    @Deployment
    static JavaArchive application() {
        return Archives.of(Settings.group(), Desk.class, Senders.class);
    }

    private Channel fromWestTo(Environment site) {
        return channels.select(EnvironmentName.Literal.of("west"), ToSite.Literal.of(nameOf(site)))
                .get();
    }

    private static String nameOf(Environment site) {
        return site.config().localSite().orElseThrow();
    }

    @Test
    void a_request_to_the_master_is_answered_there_with_objects_and_follows_a_handover() {
        awaitGroup();
        Quote asked = new Quote("ACME", 1_250);
        Message answer = senders.askMaster(asked);
        assertThat(answer.as(0, Quote.class)).isEqualTo(new Quote("ACME", 1_251));
        assertThat(answer.text(1)).isEqualTo("north, to " + nameOf(west));

        north.transferMastership(nameOf(south));
        await().atMost(PATIENCE).until(() -> west.master().equals(south.config().localSite()));
        Message other = senders.askMaster(asked);
        assertThat(other.as(0, Quote.class)).isEqualTo(asked);
        assertThat(other.text(1)).isEqualTo("south, to " + nameOf(west));
        await().atMost(PATIENCE).until(() -> desk.news().contains("south was asked"));

        south.transferMastership(nameOf(north));
        await().atMost(PATIENCE).until(() -> north.role() == Role.MASTER);
        await().atMost(PATIENCE).until(() -> west.master().equals(north.config().localSite()));
        assertThat(senders.askMaster(asked).text(1)).isEqualTo("north, to " + nameOf(west));
    }

    @Test
    void a_site_where_nobody_observes_says_so_with_its_name_and_the_topic() {
        awaitGroup();
        assertThatThrownBy(() -> fromWestTo(north).topic("nobody").request("x"))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContaining(nameOf(north))
                .hasMessageContaining("\"nobody\"");
        assertThatThrownBy(() -> fromWestTo(west).topic("ask").request("x"))
                .isInstanceOf(NoHandlerException.class)
                .hasMessageContaining(nameOf(west));
    }

    @Test
    void an_observer_that_throws_is_told_to_the_requester() {
        awaitGroup();
        assertThatThrownBy(() -> fromWestTo(south).topic("fail").request("x"))
                .isInstanceOf(HandlerFailedException.class)
                .hasMessageContaining("an observer that throws, as a test");
    }

    @Test
    void what_is_sent_to_all_comes_in_order() {
        awaitGroup();
        List<String> sent = IntStream.range(0, 100).mapToObj(i -> "news " + i).toList();
        sent.forEach(senders::tellAllFromSouth);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(desk.news().stream().filter(sent::contains)).containsExactlyElementsOf(sent));
    }
}
