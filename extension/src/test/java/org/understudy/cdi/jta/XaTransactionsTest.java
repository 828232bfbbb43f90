package org.understudy.cdi.jta;

import static jakarta.transaction.Status.STATUS_MARKED_ROLLBACK;
import static jakarta.transaction.Status.STATUS_NO_TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import jakarta.transaction.TransactionManager;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;
import org.understudy.BranchId;
import org.understudy.CommitToken;
import org.understudy.Transaction;
import org.understudy.TransactionClosedException;

class XaTransactionsTest {
    private static final Xid XID = new BranchXid(new BranchId(7, "0a", "01"));

    private final ScriptedRegistry registry = new ScriptedRegistry();
    private final List<XAResource> enlisted = new ArrayList<>();
    private final XaTransactions branches =
            new XaTransactions(new XaBranches("default"), registry, manager(), outcome -> {});

    /** Begins the branch of whatever is enlisted. */
    private TransactionManager manager() {
        jakarta.transaction.Transaction transaction =
                proxy(jakarta.transaction.Transaction.class, argument -> enlist((XAResource) argument));
        return proxy(TransactionManager.class, none -> transaction);
    }

    private boolean enlist(XAResource resource) throws XAException {
        resource.start(XID, XAResource.TMNOFLAGS);
        return enlisted.add(resource);
    }

    private interface Answer {
        Object to(Object argument) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                XaTransactionsTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(arguments == null ? null : arguments[0])));
    }

    private static Transaction begun() {
        return new CommittingTransaction(() -> CommitToken.NONE);
    }

    @Test
    void after_a_time_out_calls_are_refused_where_no_transaction_is_shown_any_more() throws Exception {
        Object result = Completion.of(() -> {
            branches.current(XaTransactionsTest::begun);
            Thread reaper = new Thread(() ->
                    assertThatNoException().isThrownBy(() -> enlisted.get(0).rollback(XID)));
            reaper.start();
            reaper.join();
            registry.status = STATUS_NO_TRANSACTION;
            assertThatExceptionOfType(TransactionClosedException.class)
                    .isThrownBy(() -> branches.current(XaTransactionsTest::begun))
                    .withMessageContaining("by its time-out perhaps");
            return "called";
        });
        assertThat(result).isEqualTo("called");
        assertThat(branches.current(XaTransactionsTest::begun)).as("outside").isEmpty();
    }

    @Test
    void a_first_call_in_what_will_be_rolled_back_is_refused() {
        registry.status = STATUS_MARKED_ROLLBACK;
        assertThatExceptionOfType(TransactionClosedException.class)
                .isThrownBy(() -> branches.current(XaTransactionsTest::begun))
                .withMessageContaining("is marked for rollback");
        assertThat(enlisted).isEmpty();
    }
}
