package org.understudy.cdi.jta;

import static jakarta.transaction.Status.STATUS_MARKED_ROLLBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.understudy.CommitToken;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;

@Timeout(30)
class JoinedTransactionsTest {
    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final List<HeuristicOutcome> told = new ArrayList<>();
    private final JoinedTransactions joined = new JoinedTransactions("default", registry, told::add);

    private static Transaction begun() {
        return new CommittingTransaction(() -> CommitToken.NONE);
    }

    @Test
    void where_a_transaction_manager_takes_in_what_it_will_roll_back_the_first_call_is_refused_all_the_same() {
        registry.status = STATUS_MARKED_ROLLBACK;
        assertThatExceptionOfType(TransactionClosedException.class)
                .isThrownBy(() -> joined.current(JoinedTransactionsTest::begun))
                .withMessageContaining("is marked for rollback");
        assertThat(registry.synchronizations).isEmpty();
    }

    @Test
    void whoever_has_joined_before_stays() {
        Transaction transaction = joined.current(JoinedTransactionsTest::begun).orElseThrow();
        registry.status = STATUS_MARKED_ROLLBACK;
        assertThat(joined.current(JoinedTransactionsTest::begun)).containsSame(transaction);
    }

    @Test
    void two_threads_of_one_transaction_that_come_at_once_join_it_once() {
        CompletableFuture<Transaction> others = new CompletableFuture<>();
        Supplier<Transaction> whileAnotherComes = () -> {
            Thread thread = new Thread(() -> others.complete(
                    joined.current(JoinedTransactionsTest::begun).orElseThrow()));
            thread.start();
            await().until(() -> others.isDone() || thread.getState() == Thread.State.WAITING);
            return begun();
        };
        Transaction mine = joined.current(whileAnotherComes).orElseThrow();
        assertThat(others.join()).isSameAs(mine);
        assertThat(registry.synchronizations).hasSize(1);
    }
}
