package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Role;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.EnvironmentName;
import org.understudy.it.support.Check;

/** What becomes of an application's group when its sites go, one after the other. */
class LossIT extends ThreeSitesTest {

    @Inject
    @EnvironmentName("north")
    @DatabaseName("quotes")
    Database<String, Quote> northQuotes;

    @Inject
    @EnvironmentName("south")
    @DatabaseName("quotes")
    Database<String, Quote> southQuotes;

    @Inject
    @EnvironmentName("west")
    @DatabaseName("quotes")
    Database<String, Quote> westQuotes;

    @Inject
    Ears ears;

    @Inject
    SmallRyeHealthReporter health;

    @Deployment
    static JavaArchive application() {
        return Archives.of(Settings.group(), Ears.class);
    }

    @Test
    void when_the_master_goes_another_takes_over_and_when_two_go_the_last_says_why_it_is_not_ready() {
        awaitGroup();
        northQuotes.put("ACME", new Quote("ACME", 1));

        north.close();
        await().atMost(PATIENCE).until(() -> south.role() == Role.MASTER || west.role() == Role.MASTER);
        boolean southWon = south.role() == Role.MASTER;
        Environment successor = southWon ? south : west;
        Environment last = southWon ? west : south;
        Database<String, Quote> quotes = southWon ? southQuotes : westQuotes;
        assertThat(quotes.get("ACME")).contains(new Quote("ACME", 1));
        quotes.put("ACME", new Quote("ACME", 2));
        await().atMost(PATIENCE).until(() -> ears.masters().size() == 2);
        assertThat(ears.masters().get(1).origin().environment()).isEqualTo(successor.name());
        assertThat(ears.masters().get(1).generation())
                .isGreaterThan(ears.masters().get(0).generation());

        successor.close();
        await().atMost(PATIENCE).until(() -> last.master().isEmpty());
        Check readiness = Check.of(health.getReadiness().getPayload(), "understudy-readiness");
        assertThat(readiness.up()).isFalse();
        assertThat(readiness.text(last.name() + ".reason")).contains("no master");
        assertThat(readiness.number(last.name() + ".members-up")).isEqualTo(1);
        assertThat(readiness.number(last.name() + ".members-total")).isEqualTo(3);
        assertThat(Check.of(health.getStartup().getPayload(), "understudy-startup")
                        .up())
                .as("started once is started")
                .isTrue();
        Check liveness = Check.of(health.getLiveness().getPayload(), "understudy-liveness");
        assertThat(liveness.data()).doesNotContainKey(last.name() + ".reason");
    }
}
