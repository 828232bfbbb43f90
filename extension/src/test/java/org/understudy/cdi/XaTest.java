package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.BranchState;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.PreparedBranch;
import org.understudy.TransactionClosedException;

/** Database calls as a branch of a JTA transaction ({@code understudy.jta=XA}), with Narayana, and H2 as the other branch. */
class XaTest extends LedgerTest {
    /** Another environment. */
    @Singleton
    static class Orders {
        @Inject
        @EnvironmentName("orders")
        Environment environment;

        @Inject
        @EnvironmentName("orders")
        @DatabaseName("lines")
        Database<String, String> lines;
    }

    @BeforeEach
    void start() {
        start(
                List.of(
                        "understudy.home",
                        home.resolve("default").toString(),
                        "understudy.environments",
                        "orders",
                        "understudy.environment.orders.home",
                        home.resolve("orders").toString(),
                        "understudy.jta",
                        "xa"),
                Orders.class);
    }

    @Test
    void both_are_prepared_and_committed_and_reads_inside_see_what_was_written() throws Exception {
        ledger.inOne(() -> {
            ledger.enter("a", "1");
            assertThat(ledger.entries().get("a")).contains("1");
            manager.getTransaction().enlistResource(new TalkativeResource(() -> assertThat(
                            ledger.environment().prepared())
                    .singleElement()
                    .extracting(PreparedBranch::state)
                    .isEqualTo(BranchState.PREPARED)));
            return ledger.inOne(() -> ledger.entries().put("b", "2"));
        });
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(table.content()).isEqualTo(Map.of("a", "1"));
        assertThat(ledger.environment().prepared()).isEmpty();
        assertThat(ledger.environment().status().commits().committed())
                .as("a promise and its decision")
                .isEqualTo(2);
    }

    @Test
    void alone_it_is_committed_in_one_phase_and_where_it_only_reads_it_promises_nothing() throws Exception {
        ledger.inOne(() -> ledger.entries().put("a", "1"));
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
        ledger.inOne(() -> {
            ledger.entries().get("a");
            table.insert("a", "1");
            return null;
        });
        assertBothHold(Map.of("a", "1"));
        assertThat(ledger.environment().status().commits().committed()).isEqualTo(1);
    }

    @Test
    void both_are_rolled_back_by_an_exception_and_by_a_resource_that_refuses_after_ours_has_promised() {
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.enter("a", "1");
                    throw new IllegalArgumentException("the application has changed its mind");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.enter("a", "1");
                    manager.getTransaction().enlistResource(new RefusingResource());
                    return null;
                }))
                .isInstanceOf(RollbackException.class);
        assertBothHold(Map.of());
        ledger.entries().put("a", "free");
    }

    @Test
    void a_conflict_rolls_both_back_and_is_the_cause_that_the_caller_sees() throws Exception {
        ledger.entries().put("balance", "0");
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.entries()
                            .put("balance", ledger.entries().get("balance").orElseThrow() + "1");
                    table.insert("balance", "1");
                    return ledger.inNone(() -> ledger.entries().put("balance", "other"));
                }))
                .isInstanceOf(RollbackException.class)
                .hasRootCauseInstanceOf(ConflictException.class);
        assertThat(ledger.content()).isEqualTo(Map.of("balance", "other"));
        assertThat(table.content()).isEmpty();
        assertThat(ledger.environment().status().commits().committed())
                .as("a refusal needs no record")
                .isEqualTo(2);
    }

    @Test
    void two_environments_are_committed_together_or_not_at_all() throws Exception {
        Orders orders = application.get(Orders.class);
        ledger.inOne(() -> {
            orders.lines.put("a", "1");
            return ledger.entries().put("a", "1");
        });
        assertThat(orders.lines.get("a")).contains("1");
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    orders.lines.put("b", "2");
                    ledger.entries().putIfAbsent("b", "2");
                    return ledger.inNone(() -> ledger.entries().put("b", "other"));
                }))
                .isInstanceOf(RollbackException.class);
        assertThat(orders.lines.get("b")).as("it had promised").isEmpty();
        assertThat(orders.environment.prepared()).isEmpty();
    }

    @Test
    void a_time_out_lets_go_of_everything() throws Exception {
        manager.setTransactionTimeout(1);
        try {
            assertThatThrownBy(() -> ledger.inOne(() -> {
                        ledger.enter("a", "1");
                        assertThatExceptionOfType(TransactionClosedException.class)
                                .isThrownBy(() -> {
                                    while (true) {
                                        ledger.entries().put("a", "2");
                                    }
                                });
                        assertThatExceptionOfType(TransactionClosedException.class)
                                .isThrownBy(() -> ledger.entries().put("b", "3"))
                                .withMessageContaining("its time-out perhaps");
                        return null;
                    }))
                    .isNotInstanceOf(AssertionError.class);
        } finally {
            manager.setTransactionTimeout(0);
        }
        assertBothHold(Map.of());
    }

    @Test
    void a_suspended_transaction_goes_on_and_one_inside_another_is_a_branch_of_its_own() throws Exception {
        manager.begin();
        ledger.enter("outer", "1");
        Transaction outer = manager.suspend();
        assertThat(ledger.entries().get("outer")).isEmpty();
        ledger.inOne(() -> {
            ledger.enter("inner", "2");
            return null;
        });
        manager.resume(outer);
        assertThat(ledger.entries().get("outer")).contains("1");
        manager.commit();
        assertBothHold(Map.of("inner", "2", "outer", "1"));
    }

    @Test
    void what_an_administrator_rolls_back_meanwhile_is_told_as_a_heuristic_outcome() {
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    table.insert("a", "1");
                    ledger.entries().put("a", "1");
                    manager.getTransaction()
                            .enlistResource(
                                    new TalkativeResource(() -> decideByHand(BranchDecision.ROLL_BACK_BY_HAND)));
                    return null;
                }))
                .isInstanceOf(HeuristicMixedException.class);
        assertThat(ledger.content()).isEmpty();
        assertThat(table.content()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void what_an_administrator_commits_meanwhile_is_well_where_that_was_to_be() throws Exception {
        ledger.inOne(() -> {
            ledger.enter("a", "1");
            manager.getTransaction()
                    .enlistResource(new TalkativeResource(() -> decideByHand(BranchDecision.COMMIT_BY_HAND)));
            return null;
        });
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
        assertThat(table.content()).isEqualTo(Map.of("a", "1"));
    }

    private void decideByHand(BranchDecision decision) {
        BranchId branch = ledger.environment().prepared().get(0).id();
        ledger.environment().decide(branch, decision);
    }

    @Test
    void without_a_transaction_manager_the_application_is_refused() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> Application.start(
                        List.of("understudy.home", home.resolve("other").toString(), "understudy.jta", "xa"),
                        BareApplication.class))
                .withStackTraceContaining("understudy.jta is XA, and there is no transaction manager here");
    }
}
