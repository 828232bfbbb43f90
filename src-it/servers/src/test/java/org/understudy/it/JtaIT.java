package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.understudy.it.support.Http;

/** Database calls in JTA transactions of the server, with its own SQL database as the other resource. */
class JtaIT extends ApplicationTest {

    private static final Http APPLICATION = SERVER.application();

    private static String run(String name, String way) {
        return APPLICATION.post("books/" + name + "/" + way, "").text();
    }

    private static String both(String name) {
        return APPLICATION.get("books/" + name).text();
    }

    @Test
    void both_are_committed_and_reads_inside_see_what_was_written() {
        assertThat(run("a", "commit")).isEqualTo("1");
        assertThat(both("a")).isEqualTo("1 and 1");
    }

    @Test
    void both_are_rolled_back() {
        assertThat(run("b", "rollback")).startsWith("ChangedMindException");
        assertThat(both("b")).isEqualTo("nothing and nothing");
    }

    @Test
    void both_are_rolled_back_when_it_is_marked_for_that() {
        run("c", "mark");
        assertThat(both("c")).isEqualTo("nothing and nothing");
    }

    @Test
    void both_are_rolled_back_by_what_refuses_when_it_flushes_though_it_came_later() {
        assertThat(run("i", "flush")).contains("RollbackException").doesNotContain("HeuristicOutcomeException");
        assertThat(both("i")).isEqualTo("nothing and nothing");
    }

    @Test
    void a_conflict_rolls_both_back_and_the_caller_sees_it() {
        assertThat(run("d", "conflict")).contains("RollbackException").contains("ConflictException");
        assertThat(both("d")).isEqualTo("another and nothing");
    }

    @Test
    void a_conflict_rolls_back_what_was_begun_by_hand_and_the_caller_sees_it() {
        assertThat(run("e", "conflict-by-hand")).contains("RollbackException").contains("ConflictException");
        assertThat(both("e")).isEqualTo("another and nothing");
    }

    @Test
    void a_transaction_inside_another_stands_for_itself() {
        assertThat(run("f", "suspend")).startsWith("ChangedMindException");
        assertThat(both("f")).isEqualTo("nothing and nothing");
        assertThat(both("f-inner")).isEqualTo("inner and inner");
    }

    @Test
    void a_commit_that_another_resource_did_not_follow_is_told_to_the_caller() {
        assertThat(run("g", "refuse")).startsWith("HeuristicOutcomeException").contains("RollbackException");
        assertThat(both("g")).isEqualTo("1 and nothing");
    }

    @Test
    void a_commit_that_too_few_sites_acknowledged_stands_with_the_other_resource_and_is_told_to_the_caller() {
        neighbour().openHesitant();
        assemble();
        neighbour().environment().transferMastership(System.getProperty("run.site"));
        await().atMost(PATIENCE).until(() -> site().contains("\"MASTER\""));
        assertThat(run("h", "share")).startsWith("HeuristicOutcomeException").contains("InsufficientAcksException");
        assertThat(APPLICATION.get("books/h/shared").text()).isEqualTo("1 and 1");
        assertThat(neighbour().get("shared-books", "h")).isEmpty();

        neighbour().environment().synchronize();
        await().atMost(PATIENCE)
                .until(() -> neighbour().get("shared-books", "h").isPresent());
    }
}
