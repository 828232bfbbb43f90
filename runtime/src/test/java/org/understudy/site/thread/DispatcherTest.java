package org.understudy.site.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.understudy.event.BecameClient;
import org.understudy.event.EventOrigin;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.Subscription;

/** Events reach listeners in order, and a bad listener harms nobody else. */
class DispatcherTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Dispatcher dispatcher = new Dispatcher("test");
    private final List<ReplicationEvent> heard = Collections.synchronizedList(new ArrayList<>());

    private static ReplicationEvent event(long sequence) {
        return new BecameClient(new EventOrigin("test", Optional.empty(), 1, 1, sequence));
    }

    @Test
    void events_come_in_the_order_they_were_fired() {
        dispatcher.subscribe(heard::add);
        LongStream.range(0, 1_000).forEach(sequence -> dispatcher.fire(event(sequence)));
        dispatcher.close(LONG);
        assertThat(heard)
                .extracting(event -> event.origin().sequence())
                .isSorted()
                .hasSize(1_000);
    }

    @Test
    void a_throwing_listener_harms_neither_the_others_nor_itself() {
        dispatcher.subscribe(event -> {
            heard.add(event);
            throw new IllegalStateException("a test's");
        });
        dispatcher.subscribe(heard::add);
        dispatcher.fire(event(1));
        dispatcher.fire(event(2));
        dispatcher.close(LONG);
        assertThat(heard).hasSize(4);
    }

    @Test
    void a_listener_hears_what_is_fired_while_it_is_subscribed() {
        dispatcher.fire(event(1));
        Subscription subscription = dispatcher.subscribe(heard::add);
        dispatcher.subscribe(event -> {});
        dispatcher.fire(event(2));
        CountDownLatch delivered = new CountDownLatch(1);
        dispatcher.subscribe(event -> delivered.countDown());
        dispatcher.fire(event(3));
        awaitQuietly(delivered);
        subscription.close();
        dispatcher.fire(event(4));
        dispatcher.close(LONG);
        assertThat(heard).extracting(event -> event.origin().sequence()).containsExactly(2L, 3L);
    }

    @Test
    void a_listener_may_close_what_it_listens_to() {
        CountDownLatch closed = new CountDownLatch(1);
        dispatcher.subscribe(event -> {
            dispatcher.close(LONG);
            closed.countDown();
        });
        dispatcher.fire(event(1));
        awaitQuietly(closed);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
