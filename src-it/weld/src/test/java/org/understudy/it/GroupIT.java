package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.understudy.Database;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.EnvironmentName;
import org.understudy.event.BecameMaster;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.SiteAdded;
import org.understudy.event.StartupDone;
import org.understudy.it.support.Check;

/** A group whose three sites are environments of one application. */
class GroupIT extends ThreeSitesTest {

    @Inject
    @EnvironmentName("west")
    Instance<Status> westStatus;

    @Inject
    @EnvironmentName("north")
    @DatabaseName("quotes")
    Database<String, Quote> northQuotes;

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
    void the_creator_is_master_and_the_others_have_joined_by_themselves() {
        awaitGroup();
        assertThat(north.role()).isEqualTo(Role.MASTER);
        assertThat(south.role()).isEqualTo(Role.CLIENT);
        assertThat(westStatus.get().local().master()).isEqualTo(north.config().localSite());
        assertThat(westStatus.get().sites()).hasSize(3);
    }

    @Test
    void a_record_written_on_the_master_is_read_everywhere() {
        awaitGroup();
        Quote quote = new Quote("ACME", 1_250);
        north.write(txn -> northQuotes.put(txn, quote.symbol(), quote));
        await().atMost(PATIENCE).until(() -> westQuotes.get("ACME").isPresent());
        assertThat(westQuotes.get("ACME")).contains(quote);
    }

    @Test
    void observers_hear_the_events_of_each_environment_in_order() {
        awaitGroup();
        await().atMost(PATIENCE).until(() -> has(ears.south(), StartupDone.class));
        assertThat(ears.masters())
                .extracting(event -> event.origin().environment())
                .containsExactly("north");
        assertThat(ears.south()).isNotEmpty().allMatch(event -> isOf("south", event));
        for (String site : Settings.SITES) {
            assertThat(sequences(site, ears.all()))
                    .as("%s, at once", site)
                    .isNotEmpty()
                    .isSorted();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ears.all().stream().filter(event -> isOf("north", event)))
                        .extracting(Object::getClass)
                        .containsSubsequence(BecameMaster.class, SiteAdded.class, SiteAdded.class));
    }

    @Test
    void asynchronous_observers_hear_the_same_in_the_same_order() {
        awaitGroup();
        for (String site : Settings.SITES) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(sequences(site, ears.later()))
                    .isEqualTo(sequences(site, ears.all())));
        }
    }

    @Test
    void the_health_checks_are_up_and_tell_about_every_site() {
        awaitGroup();
        Check liveness = Check.of(health.getLiveness().getPayload(), "understudy-liveness");
        Check readiness = Check.of(health.getReadiness().getPayload(), "understudy-readiness");
        Check startup = Check.of(health.getStartup().getPayload(), "understudy-startup");
        assertThat(List.of(liveness, readiness, startup)).allMatch(Check::up);
        assertThat(readiness.text("north.role")).isEqualTo("MASTER");
        assertThat(readiness.text("south.role")).isEqualTo("CLIENT");
        assertThat(readiness.text("south.site"))
                .isEqualTo(south.config().localSite().orElseThrow());
        assertThat(readiness.text("west.master"))
                .isEqualTo(north.config().localSite().orElseThrow());
        assertThat(readiness.number("west.generation")).isEqualTo(north.generation());
        assertThat(readiness.number("north.members-up")).isEqualTo(3);
        assertThat(readiness.number("north.members-total")).isEqualTo(3);
        assertThat(readiness.number("south.lsn")).isPositive();
        assertThat(readiness.number("south.permanent-lsn")).isPositive();
        assertThat(readiness.number("south.lag")).isNotNegative();
        assertThat(readiness.data()).doesNotContainKey("north.reason");
    }

    private static boolean has(List<ReplicationEvent> events, Class<?> type) {
        return events.stream().anyMatch(type::isInstance);
    }

    private static boolean isOf(String environment, ReplicationEvent event) {
        return event.origin().environment().equals(environment);
    }

    private static List<Long> sequences(String environment, List<ReplicationEvent> events) {
        return events.stream()
                .filter(event -> isOf(environment, event))
                .map(event -> event.origin().sequence())
                .toList();
    }
}
