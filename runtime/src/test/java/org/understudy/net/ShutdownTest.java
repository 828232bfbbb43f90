package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestSite.awaitThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.TestSite.Told;
import org.understudy.protocol.Message;

/** A transport closes at any moment, says so to the others, and is silent afterwards. */
class ShutdownTest {
    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    @Test
    void a_site_closes_in_the_middle_of_traffic() {
        TestSite site = watch.site();
        site.on((peer, message) -> site.transport().send(peer, message));
        for (int round = 1; round <= 20; round++) {
            TestSite other = TestSite.start(watch.vertx());
            other.on((peer, message) -> {
                other.transport().send(peer, message);
                other.remember(peer, message);
            });
            other.keepConnected(site);
            other.awaitConnected(site);
            other.send(site, TransportTest.acks(0, 100));
            awaitThat(() -> other.received().size() > 1_000);

            other.close();
            List<Told> toldBefore = List.copyOf(other.told());

            site.awaitDisconnected(other);
            assertThat(site.awaitTold(Told.Disconnected.class, round)
                            .get(round - 1)
                            .reason())
                    .contains("stops");
            assertThat(other.told()).isEqualTo(toldBefore);
        }
    }

    @Test
    void a_site_closes_while_it_dials() {
        TestSite site = watch.site();
        for (int round = 0; round < 20; round++) {
            TestSite other = TestSite.start(watch.vertx());
            other.post(() -> other.transport().keepConnected(Set.of(site.name(), "127.0.0.1:1")));
            other.close();
        }
        TestSite last = watch.site();
        last.keepConnected(site);
        last.awaitConnected(site);
        last.send(site, new Message.Outdated(1));
        site.awaitTold(Told.Received.class);
    }

    @Test
    void what_is_asked_of_a_closed_transport_does_nothing() {
        TestSite other = watch.site();
        TestSite site = TestSite.start(watch.vertx());
        site.keepConnected(other);
        site.awaitConnected(other);

        site.close();
        site.keepConnected();
        site.keepConnected(other);
        site.connectNow(other);
        site.send(other, new Message.Outdated(1));
        site.run(site.transport()::identityChanged);

        other.awaitTold(Told.Disconnected.class);
        assertThat(site.told()).hasSize(1);
        assertThat(site.call(() -> site.transport().status()).established()).isZero();
    }

    @Test
    void a_transport_may_be_closed_twice() {
        TestSite site = TestSite.start(watch.vertx());

        site.close();
        site.close();

        assertThat(site.told()).isEmpty();
    }
}
