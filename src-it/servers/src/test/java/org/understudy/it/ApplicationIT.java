package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.Message;
import org.understudy.it.support.Http;

/** What an application gets on a server: its configuration, all that can be injected, events, messages. */
class ApplicationIT extends ApplicationTest {

    private static final String SITE = System.getProperty("run.site");
    private static final Http APPLICATION = SERVER.application();

    @BeforeEach
    void group() {
        assemble();
    }

    @Test
    void options_come_from_the_war_from_system_properties_and_from_variables() {
        assertThat(option("heartbeat-send"))
                .as("in the war")
                .isEqualTo(Duration.ofMillis(200).toString());
        assertThat(option("home"))
                .as("a system property")
                .isEqualTo(Server.folder().resolve("home").toString());
        assertThat(option("group")).as("a variable, before the war").isEqualTo("servers");
    }

    @Test
    void the_default_environment_and_its_databases_are_injected() {
        neighbour().put("greeting", "hello");
        await().atMost(PATIENCE).until(() -> APPLICATION.get("entries/greeting").ok());
        assertThat(APPLICATION.get("entries/greeting").text()).isEqualTo("hello");
        Http.Answer refusal = APPLICATION.put("entries/greeting", "hello yourself");
        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.body()).startsWith("NotMasterException").contains(Neighbour.SITE);
    }

    @Test
    void a_named_environment_is_found_by_its_qualifier_and_by_its_name() {
        assertThat(APPLICATION.get("ledger").text()).isEqualTo("ledger ledger");
        APPLICATION.put("ledger/1", "opened").text();
        assertThat(APPLICATION.get("ledger/1").text()).isEqualTo("opened");
        assertThat(APPLICATION.get("ledger/2").status()).isEqualTo(404);
    }

    @Test
    void channels_to_the_master_to_a_site_and_to_all_are_injected() {
        assertThat(APPLICATION.post("messages/master", "you").text()).isEqualTo("the neighbour greets you");
        assertThat(APPLICATION.post("messages/site/" + Neighbour.SITE, "him").text())
                .isEqualTo("the neighbour greets him");
        APPLICATION.post("messages/all", "news from a server").text();
        await().atMost(PATIENCE).until(() -> neighbour().news().contains("news from a server"));
    }

    @Test
    void an_observer_of_messages_has_all_that_a_thread_of_the_application_has() {
        Message answer = neighbour().environment().channel(SITE).topic("greet").request("you");
        assertThat(answer.text(0)).isEqualTo("hello you");
        assertThat(answer.text(1)).isEqualTo("complete");
    }

    @Test
    void as_the_master_it_writes_records_and_its_observers_hear_of_it_in_order_on_threads_of_the_application() {
        neighbour().environment().transferMastership(SITE);
        await().atMost(PATIENCE).until(() -> site().contains("\"MASTER\""));
        APPLICATION.put("quotes/ACME", "1250").text();
        assertThat(APPLICATION.get("quotes/ACME").text()).isEqualTo("1250");
        await().atMost(PATIENCE).until(() -> !heard("masterships").isEmpty());
        assertThat(heard("masterships")).allMatch(line -> line.startsWith("default ") && line.contains("BecameMaster"));

        assemble();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(events(heard("at-once"), "default"))
                .containsSubsequence("BecameClient", "StartupDone", "BecameMaster", "BecameClient"));
        for (String environment : List.of("default", "ledger")) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers(heard("later"), environment))
                    .containsExactlyElementsOf(numbers(heard("at-once"), environment)));
            assertThat(numbers(heard("at-once"), environment)).isSorted().doesNotHaveDuplicates();
        }
        assertThat(heard("ledger")).allMatch(line -> line.startsWith("ledger "));
        for (String way : List.of("at-once", "later")) {
            assertThat(sinceDeployed(heard(way))).as(way).isNotEmpty().allMatch(line -> line.endsWith(" complete"));
        }
        assertThat(heard("masterships")).allMatch(line -> line.endsWith(" complete"));
    }

    @Test
    void chores_of_the_master_are_done_there_alone_asynchronously_and_by_the_scheduler() {
        assertThat(chore("later")).startsWith("NotMasterException").contains(Neighbour.SITE);
        assertThat(chore("once")).startsWith("NotMasterException").contains(Neighbour.SITE);
        chore("schedule");
        awaitCalls();
        assertThat(count("done")).isZero();

        neighbour().environment().transferMastership(SITE);
        await().atMost(PATIENCE).until(() -> site().contains("\"MASTER\""));
        await().atMost(PATIENCE).until(() -> neighbour().environment().master().equals(Optional.of(SITE)));
        String generation = "generation " + neighbour().environment().generation();
        assertThat(chore("later")).isEqualTo(generation);
        assertThat(chore("once")).isEqualTo(generation);
        await().atMost(PATIENCE).until(() -> count("done") > 0);

        assemble();
        awaitCalls();
        int done = count("done");
        awaitCalls();
        assertThat(count("done")).isEqualTo(done);
    }

    @Test
    void an_ejb_that_starts_with_the_application_finds_the_environments_open() {
        Http.Answer found = APPLICATION.get("start");
        if (SERVER == Server.WILDFLY) {
            assertThat(found.status()).as("its MicroProfile has no EJBs").isEqualTo(404);
        } else {
            assertThat(found.text()).isEqualTo("written at the start");
        }
    }

    private static String chore(String way) {
        return APPLICATION.post("chores/" + way, "").text();
    }

    private static int count(String what) {
        return Integer.parseInt(APPLICATION.get("chores/" + what).text());
    }

    /** Until the scheduler has begun a call, at the least, and ended it. */
    private static void awaitCalls() {
        int before = count("calls");
        await().atMost(PATIENCE).until(() -> count("calls") > before + 2);
    }

    /** The neighbour comes once the deployment is over; while it goes on Payara has not bound the application's names yet. */
    private static List<String> sinceDeployed(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("default "))
                .dropWhile(line -> !line.contains(" ConnectionEstablished "))
                .toList();
    }

    private static String option(String name) {
        return APPLICATION.get("site/option/" + name).text();
    }

    private static List<String> heard(String way) {
        return APPLICATION.get("events/" + way).text().lines().toList();
    }

    private static List<String> events(List<String> lines, String environment) {
        return words(lines, environment, 2);
    }

    private static List<Long> numbers(List<String> lines, String environment) {
        return words(lines, environment, 1).stream().map(Long::valueOf).toList();
    }

    private static List<String> words(List<String> lines, String environment, int index) {
        return lines.stream()
                .filter(line -> line.startsWith(environment + " "))
                .map(line -> line.split(" ")[index])
                .toList();
    }
}
