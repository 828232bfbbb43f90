package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.net.TestSite.awaitThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.understudy.net.MessageFrame.Post;
import org.understudy.net.TestPost.Told;

/** Connections break at random while messages go: none arrives twice or out of order, and afterwards all get through. */
class MessageChaosTest {
    private static final int SITES = 3;
    private static final int STEPS = 400;
    private static final long LAST = 1_000_000;
    private static final TransportOptions OPTIONS =
            TransportOptions.defaults().withConnectionRetry(Duration.ofMillis(5), Duration.ofMillis(50));

    @RegisterExtension
    final VertxUnderWatch watch = new VertxUnderWatch();

    private final List<TestSite> sites = new ArrayList<>();

    @RepeatedTest(5)
    void nothing_arrives_twice_or_out_of_order_and_afterwards_everything_arrives(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < SITES; i++) {
            sites.add(watch.site(OPTIONS));
        }
        sites.forEach(site ->
                site.keepConnected(sites.stream().filter(other -> other != site).toArray(TestSite[]::new)));
        for (int step = 0; step < STEPS; step++) {
            disturb(random, step);
        }
        for (TestSite from : sites) {
            sites.stream().filter(to -> to != from).forEach(to -> awaitAnswer(from, to));
        }
        for (TestSite to : sites) {
            sites.stream().filter(from -> from != to).forEach(from -> assertThat(numbersFrom(from, to))
                    .isSorted()
                    .doesNotHaveDuplicates());
        }
    }

    private void disturb(Random random, int step) {
        int index = random.nextInt(SITES);
        TestSite site = sites.get(index);
        TestSite other = sites.get((index + 1 + random.nextInt(SITES - 1)) % SITES);
        if (random.nextInt(8) == 0) {
            site.post(() -> site.transport().disconnect(other.peer(), "at random"));
        } else if (random.nextInt(8) == 0) {
            awaitThat(() -> site.transport().messages().find(other.name()).isPresent());
        } else {
            site.transport().messages().find(other.name()).ifPresent(line -> line.send(post(0, step)));
        }
    }

    /** The connection may break once more, which loses the request: then again. */
    private static void awaitAnswer(TestSite from, TestSite to) {
        long[] number = {LAST};
        awaitThat(() -> {
            from.transport().messages().find(to.name()).ifPresent(line -> line.send(post(++number[0], number[0])));
            return from.post().told().stream()
                    .anyMatch(
                            told -> told.site().equals(to.name()) && told.what().startsWith("answered"));
        });
    }

    private static Post post(long request, long number) {
        return new Post(request, "", List.of(TestPost.bytes("" + number)));
    }

    private static List<Long> numbersFrom(TestSite from, TestSite to) {
        return to.post().told().stream()
                .filter(told -> told.site().equals(from.name()))
                .map(Told::what)
                .filter(what -> what.startsWith("posted ["))
                .map(what -> Long.parseLong(what.substring("posted [".length(), what.length() - 1)))
                .toList();
    }
}
