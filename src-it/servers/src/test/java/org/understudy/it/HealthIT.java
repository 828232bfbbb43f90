package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.understudy.it.support.Check;
import org.understudy.it.support.Http.Answer;

/** What a server tells whoever asks for its health while the application's site joins, lags and loses its master. */
class HealthIT extends ApplicationTest {

    private static final String SITE = System.getProperty("run.site");

    @Test
    void health_changes_as_the_site_joins_lags_and_loses_its_master() {
        nobody_is_there_yet();
        the_site_joins();
        it_lags();
        its_master_goes();
        assemble();
        assertThat(answer("ready").status()).isEqualTo(200);
    }

    private static void nobody_is_there_yet() {
        await().atMost(PATIENCE)
                .until(() ->
                        ready().data().getString("default.reason", "").contains("the last attempt to join failed"));
        assertThat(answer("ready").status()).isEqualTo(503);
        assertThat(answer("started").status()).isEqualTo(503);
        assertThat(answer("live").status()).isEqualTo(200);
        assertThat(started().text("default.reason")).contains(Neighbour.SITE);
        assertThat(live().data()).doesNotContainKey("default.reason");
        assertThat(ready().text("default.site")).isEqualTo(SITE);
        assertThat(ready().data()).as("it needs nobody").doesNotContainKey("ledger.reason");
    }

    private static void the_site_joins() {
        neighbour().open();
        await().atMost(PATIENCE).until(() -> ready().up() && started().up());
        Check ready = ready();
        assertThat(ready.text("default.role")).isEqualTo("CLIENT");
        assertThat(ready.text("default.master")).isEqualTo(Neighbour.SITE);
        assertThat(ready.number("default.generation"))
                .isEqualTo(neighbour().environment().generation());
        assertThat(ready.number("default.members-up")).isEqualTo(2);
        assertThat(ready.number("default.members-total")).isEqualTo(2);
        assertThat(ready.data()).doesNotContainKey("default.reason");
        assertThat(ready.text("ledger.role")).isEqualTo("MASTER");

        neighbour().put("health", "good");
        long lsn = neighbour().environment().status().local().standing().lsn();
        assertThat(ready().number("default.lsn")).isEqualTo(lsn);
        await().atMost(PATIENCE).until(() -> ready().number("default.lag") == 0);
    }

    /** It does so for as long as the test wants: the site is configured to wait for an order at each new master. */
    private static void it_lags() {
        neighbour().environment().transferMastership(SITE);
        await().atMost(PATIENCE).until(() -> ready().text("default.role").equals("MASTER"));
        application("site/transfer/" + Neighbour.SITE).text();
        await().atMost(PATIENCE).until(() -> neighbour().isMaster() && !ready().up());
        for (int i = 0; i < 10; i++) {
            neighbour().putHere("health", "changing");
        }
        await().atMost(PATIENCE).until(() -> ready().number("default.lag") >= 10);
        assertThat(ready().text("default.reason")).isNotEmpty();
        assertThat(answer("ready").status()).isEqualTo(503);
        assertThat(answer("started").status()).as("started once is started").isEqualTo(200);
        assertThat(answer("live").status()).isEqualTo(200);

        application("site/synchronize").text();
        await().atMost(PATIENCE).until(() -> ready().up() && ready().number("default.lag") == 0);
    }

    private static void its_master_goes() {
        neighbour().close();
        await().atMost(PATIENCE)
                .until(() -> ready().data().getString("default.reason", "").contains("no master"));
        assertThat(answer("ready").status()).isEqualTo(503);
        assertThat(ready().number("default.members-up")).isEqualTo(1);
        assertThat(ready().number("default.members-total")).isEqualTo(2);
        assertThat(answer("started").status()).as("started once is started").isEqualTo(200);
        assertThat(answer("live").status()).as("a restart would not help").isEqualTo(200);
    }

    private static Check live() {
        return Check.of(answer("live").body(), "understudy-liveness");
    }

    private static Check started() {
        return Check.of(answer("started").body(), "understudy-startup");
    }

    private static Answer answer(String kind) {
        return SERVER.health().get(kind);
    }
}
