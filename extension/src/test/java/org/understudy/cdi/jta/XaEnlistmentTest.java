package org.understudy.cdi.jta;

import static javax.transaction.xa.XAResource.TMFAIL;
import static javax.transaction.xa.XAResource.TMJOIN;
import static javax.transaction.xa.XAResource.TMNOFLAGS;
import static javax.transaction.xa.XAResource.TMRESUME;
import static javax.transaction.xa.XAResource.TMSTARTRSCAN;
import static javax.transaction.xa.XAResource.TMSUCCESS;
import static javax.transaction.xa.XAResource.TMSUSPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.BranchDecision;
import org.understudy.BranchId;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Transaction;

/** What a transaction manager asks of an environment, by the book of X/Open, and what it is answered. */
class XaEnlistmentTest {
    private static final Xid XID = new BranchXid(new BranchId(7, "0a", "01"));

    @TempDir
    Path home;

    private final XaBranches branches = new XaBranches("books");
    private final List<HeuristicOutcome> told = new ArrayList<>();
    private Environment environment;
    private Database<String, String> entries;

    @BeforeEach
    void open() {
        environment =
                Environment.open(EnvironmentConfig.builder(home).name("books").build());
        entries = environment.database("entries", Codecs.STRING, Codecs.STRING);
        branches.opened(environment);
    }

    @AfterEach
    void close() {
        environment.close();
    }

    private XaEnlistment enlisted() {
        return XaEnlistment.of(branches, environment.begin(), Optional.empty(), told::add);
    }

    /** One that has written, and whose work has ended. */
    private XaEnlistment written(Xid xid, String key) throws XAException {
        XaEnlistment enlistment = enlisted();
        enlistment.start(xid, TMNOFLAGS);
        entries.put(enlistment.transaction(), key, "1");
        enlistment.end(xid, TMSUCCESS);
        return enlistment;
    }

    private static void assertCode(int code, ThrowingCallable call) {
        assertThatExceptionOfType(XAException.class).isThrownBy(call).satisfies(e -> assertThat(e.errorCode)
                .isEqualTo(code));
    }

    private Xid[] found() throws XAException {
        return XaEnlistment.ofRecovery(branches).recover(TMSTARTRSCAN);
    }

    @Test
    void a_branch_is_prepared_found_by_recovery_and_committed_by_whatever_resource_asks() throws XAException {
        assertThat(written(XID, "a").prepare(XID)).isEqualTo(XAResource.XA_OK);
        assertThat(entries.get("a")).isEmpty();
        assertThat(found()).containsExactly(XID);
        assertThat(XaEnlistment.ofRecovery(branches).recover(TMNOFLAGS))
                .as("later in the scan")
                .isEmpty();
        XaEnlistment.ofRecovery(branches).commit(XID, false);
        XaEnlistment.ofRecovery(branches).commit(XID, false);
        assertThat(entries.get("a")).contains("1");
        assertThat(found()).isEmpty();
        assertCode(XAException.XA_HEURCOM, () -> enlisted().rollback(XID));
    }

    @Test
    void a_prepared_branch_is_rolled_back_and_one_that_is_under_way_needs_no_record_for_that() throws XAException {
        XaEnlistment prepared = written(XID, "a");
        prepared.prepare(XID);
        prepared.rollback(XID);
        assertThat(found()).isEmpty();
        long lsn = environment.status().log().lastLsn();
        Xid other = new BranchXid(new BranchId(7, "0a", "02"));
        written(other, "a").rollback(other);
        assertThat(environment.status().log().lastLsn()).isEqualTo(lsn);
        assertThat(entries.get("a")).isEmpty();
    }

    @Test
    void work_is_suspended_resumed_and_joined() throws XAException {
        XaEnlistment first = enlisted();
        first.start(XID, TMNOFLAGS);
        first.end(XID, TMSUSPEND);
        first.start(XID, TMRESUME);
        entries.put(first.transaction(), "a", "1");
        XaEnlistment second = enlisted();
        Transaction unused = second.transaction();
        assertThat(first.isSameRM(second)).isTrue();
        assertThat(first.isSameRM(XaEnlistment.ofRecovery(new XaBranches("books"))))
                .isFalse();
        second.start(XID, TMJOIN);
        assertThat(unused.isOpen()).isFalse();
        entries.put(second.transaction(), "b", "2");
        first.commit(XID, true);
        assertThat(entries.get("a")).contains("1");
        assertThat(entries.get("b")).contains("2");
    }

    @Test
    void what_only_reads_has_nothing_to_decide() throws XAException {
        XaEnlistment reader = enlisted();
        reader.start(XID, TMNOFLAGS);
        entries.get(reader.transaction(), "a");
        assertThat(reader.prepare(XID)).isEqualTo(XAResource.XA_RDONLY);
        assertThat(found()).isEmpty();
        assertThat(reader.transaction().isOpen()).isFalse();
    }

    @Test
    void a_conflict_may_be_tried_again_and_what_failed_before_may_not() throws XAException {
        XaEnlistment conflicting = enlisted();
        conflicting.start(XID, TMNOFLAGS);
        entries.putIfAbsent(conflicting.transaction(), "a", "1");
        entries.put("a", "other");
        assertCode(XAException.XA_RBTRANSIENT, () -> conflicting.prepare(XID));
        long lsn = environment.status().log().lastLsn();
        conflicting.rollback(XID);
        assertThat(environment.status().log().lastLsn())
                .as("it is rolled back already")
                .isEqualTo(lsn);

        XaEnlistment failed = enlisted();
        failed.start(XID, TMNOFLAGS);
        entries.put(failed.transaction(), "b", "1");
        failed.end(XID, TMFAIL);
        assertCode(XAException.XA_RBROLLBACK, () -> failed.commit(XID, true));
        assertThat(entries.get("b")).isEmpty();
    }

    @Test
    void what_an_administrator_has_decided_is_told_until_it_is_forgotten() throws XAException {
        XaEnlistment enlistment = written(XID, "a");
        enlistment.prepare(XID);
        environment.decide(BranchXid.idOf(XID), BranchDecision.ROLL_BACK_BY_HAND);
        assertCode(XAException.XA_HEURRB, () -> enlistment.commit(XID, false));
        assertThat(found()).as("until it is told").containsExactly(XID);
        enlistment.forget(XID);
        enlistment.forget(XID);
        assertThat(found()).isEmpty();
    }

    @Test
    void what_is_out_of_turn_is_refused_by_its_name() throws XAException {
        assertCode(XAException.XAER_NOTA, () -> enlisted().start(XID, TMJOIN));
        assertCode(XAException.XAER_NOTA, () -> enlisted().prepare(XID));
        assertCode(XAException.XAER_NOTA, () -> enlisted().commit(XID, true));
        assertCode(XAException.XAER_NOTA, () -> enlisted().commit(XID, false));
        assertCode(XAException.XAER_INVAL, () -> enlisted().start(XID, TMFAIL));
        assertCode(
                XAException.XAER_PROTO, () -> XaEnlistment.ofRecovery(branches).start(XID, TMNOFLAGS));
        written(XID, "a");
        assertCode(XAException.XAER_DUPID, () -> enlisted().start(XID, TMNOFLAGS));
        assertCode(XAException.XAER_RMFAIL, () -> XaEnlistment.ofRecovery(new XaBranches("closed"))
                .recover(TMSTARTRSCAN));
        assertThat(told).isEmpty();
    }

    @Test
    void where_nothing_was_decided_by_hand_there_is_nothing_to_forget_though_no_master_is_known(@TempDir Path other)
            throws XAException {
        EnvironmentConfig alone =
                EnvironmentConfig.builder(other).localSite("localhost:7000").build();
        try (Environment started = Environment.open(alone)) {
            XaBranches withoutMaster = new XaBranches(started.name());
            withoutMaster.opened(started);
            assertThatNoException()
                    .isThrownBy(() -> XaEnlistment.ofRecovery(withoutMaster).forget(XID));
        }
    }

    @Test
    void an_exception_that_no_commit_is_known_to_end_with_is_a_hazard() throws XAException {
        XaEnlistment enlistment = XaEnlistment.of(
                branches,
                new CommittingTransaction(() -> {
                    throw new IllegalStateException("thrown by the test");
                }),
                Optional.empty(),
                told::add);
        enlistment.start(XID, TMNOFLAGS);
        assertCode(XAException.XA_HEURHAZ, () -> enlistment.commit(XID, true));
        assertThat(told).singleElement().satisfies(outcome -> assertThat(outcome.token())
                .isEmpty());
    }

    @Test
    void a_recovery_that_comes_when_the_environment_is_closed_is_to_come_again_and_changes_nothing()
            throws XAException {
        written(XID, "a").prepare(XID);
        XaEnlistment late = XaEnlistment.ofRecovery(branches);
        environment.close();
        assertCode(XAException.XAER_RMFAIL, () -> late.recover(TMSTARTRSCAN));
        assertThat(late.recover(XAResource.TMENDRSCAN)).isEmpty();
        assertCode(XAException.XAER_RMFAIL, () -> late.commit(XID, false));
        assertCode(XAException.XAER_RMFAIL, () -> late.rollback(XID));
        assertCode(XAException.XAER_RMFAIL, () -> late.forget(XID));
        open();
        assertThat(found()).containsExactly(XID);
    }

    @Test
    void what_the_transaction_manager_does_not_take_in_after_all_is_no_branch() throws XAException {
        Transaction transaction = environment.begin();
        XaEnlistment.of(branches, transaction, Optional.empty(), told::add).start(XID, TMNOFLAGS);
        branches.abandon(transaction);
        assertThat(transaction.isOpen()).isFalse();
        assertCode(XAException.XAER_NOTA, () -> enlisted().start(XID, TMJOIN));
    }
}
