package org.understudy.cdi;

import static jakarta.transaction.Status.STATUS_MARKED_ROLLBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.Cursor;
import org.understudy.Direction;
import org.understudy.KeyRange;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;

/** Database calls in a JTA transaction, with Narayana as the transaction manager and H2 as the other resource. */
class JtaTest extends LedgerTest {

    @BeforeEach
    void start() {
        start("JOIN");
    }

    private void start(String mode) {
        start(List.of("understudy.home", home.toString(), "understudy.jta", mode));
    }

    @Test
    void both_are_committed_with_it_and_reads_inside_see_what_was_written() throws Exception {
        ledger.inOne(() -> {
            ledger.enter("a", "1");
            assertThat(ledger.entries().get("a")).contains("1");
            assertThat(ledger.environment().<Long>read(ledger.entries()::count)).isEqualTo(1);
            assertThat(ledger.content()).as("what others see").isEmpty();
            return ledger.inOne(() -> ledger.entries().put("a", "1"));
        });
        assertBothHold(Map.of("a", "1"));
        assertThat(ledger.environment().status().commits().committed()).isEqualTo(1);
    }

    @Test
    void both_are_rolled_back_with_it() {
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.enter("a", "1");
                    throw new IllegalArgumentException("the application has changed its mind");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertBothHold(Map.of());
    }

    @Test
    void what_is_marked_for_rollback_is_rolled_back() throws Exception {
        ledger.inOne(() -> {
            ledger.enter("a", "1");
            manager.setRollbackOnly();
            assertThat(manager.getStatus()).isEqualTo(STATUS_MARKED_ROLLBACK);
            assertThat(ledger.entries().get("a")).contains("1");
            ledger.entries().put("b", "2");
            return null;
        });
        assertBothHold(Map.of());
    }

    @Test
    void a_first_call_in_what_is_marked_for_rollback_is_refused_and_nothing_is_written_on_its_own() throws Exception {
        ledger.inOne(() -> {
            manager.setRollbackOnly();
            assertThatExceptionOfType(TransactionClosedException.class)
                    .isThrownBy(() -> ledger.entries().put("b", "2"))
                    .withMessageContaining("takes nothing in any more");
            return null;
        });
        assertBothHold(Map.of());
    }

    @Test
    void a_conflict_rolls_both_back_and_is_the_cause_that_the_caller_sees() throws Exception {
        ledger.entries().put("balance", "0");
        List<Integer> runs = new ArrayList<>();
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.environment().write(txn -> {
                        runs.add(runs.size());
                        ledger.entries()
                                .put(
                                        txn,
                                        "balance",
                                        ledger.entries().get(txn, "balance").orElseThrow() + "1");
                    });
                    table.insert("balance", "1");
                    return ledger.inNone(() -> ledger.entries().put("balance", "other"));
                }))
                .isInstanceOf(RollbackException.class)
                .hasRootCauseInstanceOf(ConflictException.class);
        assertThat(runs).hasSize(1);
        assertThat(ledger.content()).isEqualTo(Map.of("balance", "other"));
        assertThat(table.content()).isEmpty();
    }

    @Test
    void whoever_commits_by_hand_sees_the_conflict_too() throws Exception {
        manager.begin();
        ledger.entries().putIfAbsent("a", "mine");
        ledger.inNone(() -> ledger.entries().put("a", "other"));
        assertThatThrownBy(manager::commit)
                .isInstanceOf(RollbackException.class)
                .hasRootCauseInstanceOf(ConflictException.class);
        assertThat(ledger.content()).isEqualTo(Map.of("a", "other"));
    }

    @Test
    void a_transaction_inside_another_and_calls_in_none_stand_for_themselves() {
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.enter("outer", "1");
                    ledger.inAnother(() -> {
                        assertThat(ledger.entries().get("outer")).isEmpty();
                        ledger.enter("inner", "2");
                        return null;
                    });
                    assertThat(ledger.entries().get("outer")).contains("1");
                    CommitToken token = ledger.inNone(() -> ledger.entries().put("none", "3"));
                    assertThat(token.isNone()).isFalse();
                    try (Transaction own = ledger.environment().begin()) {
                        ledger.entries().put(own, "own", "4");
                        own.commit();
                    }
                    throw new IllegalArgumentException("the outer one is rolled back");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.content()).isEqualTo(Map.of("inner", "2", "none", "3", "own", "4"));
        assertThat(table.content()).isEqualTo(Map.of("inner", "2"));
    }

    @Test
    void a_time_out_lets_go_of_everything_and_later_calls_write_nothing_on_their_own() throws Exception {
        ledger.entries().put("a", "1");
        manager.setTransactionTimeout(1);
        try {
            assertThatThrownBy(() -> ledger.inOne(() -> {
                        ledger.enter("b", "2");
                        Cursor<String, String> cursor = ledger.environment()
                                .read(txn -> ledger.entries().cursor(txn, KeyRange.all(), Direction.FORWARDS));
                        assertClosed(() -> {
                            while (true) {
                                ledger.entries().put("b", "3");
                            }
                        });
                        assertClosed(cursor::next);
                        assertClosed(() -> ledger.entries().put("c", "4"))
                                .withMessageContaining("its time-out perhaps");
                        return null;
                    }))
                    .isNotInstanceOf(AssertionError.class);
        } finally {
            manager.setTransactionTimeout(0);
        }
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
        assertThat(table.content()).isEmpty();
    }

    private static ThrowableAssertAlternative<TransactionClosedException> assertClosed(ThrowingCallable call) {
        return assertThatExceptionOfType(TransactionClosedException.class).isThrownBy(call);
    }

    /** What JPA has in a transaction: it writes when that is about to be committed. */
    private void flushing(Runnable flush) {
        application
                .get(TransactionSynchronizationRegistry.class)
                .registerInterposedSynchronization(new Synchronization() {
                    @Override
                    public void beforeCompletion() {
                        flush.run();
                    }

                    @Override
                    public void afterCompletion(int status) {
                        // It holds nothing.
                    }
                });
    }

    @Test
    void what_refuses_when_it_flushes_rolls_back_what_had_joined_before_it() {
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.enter("a", "1");
                    flushing(() -> {
                        throw new IllegalArgumentException("a constraint, as a test");
                    });
                    return null;
                }))
                .isInstanceOf(RollbackException.class);
        assertBothHold(Map.of());
    }

    @Test
    void what_is_written_while_something_flushes_is_committed_too() throws Exception {
        ledger.inOne(() -> {
            ledger.enter("a", "1");
            flushing(() -> ledger.entries().put("b", "2"));
            return null;
        });
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(table.content()).isEqualTo(Map.of("a", "1"));
        assertThat(ledger.environment().status().commits().committed()).isEqualTo(1);
    }

    @Test
    void what_joins_only_while_something_flushes_is_committed_too() throws Exception {
        ledger.inOne(() -> {
            flushing(() -> ledger.entries().put("b", "2"));
            return null;
        });
        assertThat(ledger.content()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void switched_off_calls_stand_for_themselves() {
        application.close();
        start("OFF");
        assertThatThrownBy(() -> ledger.inOne(() -> {
                    ledger.enter("a", "1");
                    throw new IllegalArgumentException("only SQL hears of it");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.content()).isEqualTo(Map.of("a", "1"));
        assertThat(table.content()).isEmpty();
    }
}
