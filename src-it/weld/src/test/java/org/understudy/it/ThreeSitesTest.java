package org.understudy.it;

import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.Stream;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.understudy.Environment;
import org.understudy.Status;
import org.understudy.cdi.EnvironmentName;

/** Tests of a group whose three sites are environments of one application: {@link Settings#group()}. */
@ExtendWith(ArquillianExtension.class)
abstract class ThreeSitesTest {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    @EnvironmentName("north")
    Environment north;

    @Inject
    @EnvironmentName("south")
    Environment south;

    @Inject
    @EnvironmentName("west")
    Environment west;

    /**
     * Waits until all have joined and are connected. Each test calls it: a method of JUnit's that comes before each is not
     * run in the container.
     */
    final void awaitGroup() {
        await().atMost(PATIENCE)
                .until(() ->
                        Stream.of(north, south, west).map(Environment::status).allMatch(ThreeSitesTest::isComplete));
    }

    private static boolean isComplete(Status status) {
        return status.local().ready()
                && status.sites().size() == Settings.SITES.size()
                && status.sites().stream().allMatch(site -> site.local() || site.connected());
    }
}
