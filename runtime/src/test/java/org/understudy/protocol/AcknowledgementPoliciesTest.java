package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** docs/protocol.md §3 and §3.1: what a commit waits for, row by row. */
class AcknowledgementPoliciesTest {
    private ScriptedSite master;
    private long generationLsn;

    @BeforeEach
    void a_master_of_three_with_both_others_streaming() {
        master = ScriptedSite.memberOf(
                new Standing(3, 10),
                0,
                ScriptedSite.member(1, "a:1", 100),
                ScriptedSite.member(2, "b:1", 100),
                ScriptedSite.member(3, "c:1", 0));
        master.connect("b:1", "c:1").elect("b:1", "c:1");
        generationLsn = master.view().last().lsn();
        master.stream("b:1").stream("c:1");
    }

    private long satisfied(AckPolicy policy) {
        return master.progress().orElseThrow().satisfiedLsn(policy);
    }

    @Test
    void none_is_satisfied_at_once() {
        long lsn = master.commit();
        assertThat(satisfied(AckPolicy.NONE)).isEqualTo(lsn);
        assertThat(satisfied(AckPolicy.QUORUM)).isLessThan(lsn);
    }

    @Test
    void quorum_and_one_are_satisfied_by_one_other_site_of_three() {
        long lsn = master.commit();
        master.ack("c:1", 2, lsn);
        assertThat(satisfied(AckPolicy.QUORUM)).isEqualTo(lsn);
        assertThat(satisfied(AckPolicy.ONE)).isEqualTo(lsn);
        assertThat(master.view().permanentLsn()).isEqualTo(lsn);
    }

    @Test
    void one_peer_and_all_peers_ask_electable_sites_only() {
        long lsn = master.commit();
        master.ack("c:1", 2, lsn);
        assertThat(satisfied(AckPolicy.ONE_PEER)).isLessThan(lsn);
        assertThat(satisfied(AckPolicy.ALL_PEERS)).isLessThan(lsn);
        master.ack("b:1", 1, lsn);
        assertThat(satisfied(AckPolicy.ONE_PEER)).isEqualTo(lsn);
        assertThat(satisfied(AckPolicy.ALL_PEERS)).isEqualTo(lsn);
    }

    @Test
    void all_waits_for_everyone() {
        long lsn = master.commit();
        master.ack("b:1", 1, lsn);
        assertThat(satisfied(AckPolicy.ALL)).isLessThan(lsn);
        master.ack("c:1", 2, lsn);
        assertThat(satisfied(AckPolicy.ALL)).isEqualTo(lsn);
    }

    @Test
    void all_available_leaves_out_a_site_lost_longer_than_the_grace() {
        master.lose("c:1");
        long lsn = master.commit();
        master.ack("b:1", 1, lsn);
        assertThat(satisfied(AckPolicy.ALL_AVAILABLE)).isLessThan(lsn);
        master.after(600);
        assertThat(satisfied(AckPolicy.ALL_AVAILABLE)).isEqualTo(lsn);
    }

    @Test
    void what_the_connected_sites_cannot_meet_is_told_at_once() {
        master.lose("c:1").after(600);
        AckProgress progress = master.progress().orElseThrow();
        assertThat(progress.outOfReach(AckPolicy.ALL)).isTrue();
        assertThat(progress.outOfReach(AckPolicy.ALL_PEERS)).isFalse();
        assertThat(progress.outOfReach(AckPolicy.QUORUM)).isFalse();
        assertThat(progress.outOfReach(AckPolicy.ALL_AVAILABLE)).isFalse();
        master.lose("b:1").after(600);
        assertThat(master.progress().orElseThrow().outOfReach(AckPolicy.QUORUM)).isTrue();
        assertThat(master.progress().orElseThrow().outOfReach(AckPolicy.ONE)).isTrue();
    }

    @Test
    void an_acknowledgement_of_another_stream_or_generation_counts_for_nothing() {
        long lsn = master.commit();
        master.ack("b:1", 99, lsn);
        master.from("b:1", new Message.Ack(master.view().generation() - 1, 1, lsn));
        assertThat(master.view().permanentLsn()).isLessThan(lsn);
    }

    @Test
    void records_of_an_older_generation_become_permanent_only_with_one_of_this() {
        master.ack("b:1", 1, generationLsn - 1);
        assertThat(master.view().permanentLsn()).isZero();
        master.ack("b:1", 1, generationLsn);
        assertThat(master.view().permanentLsn()).isEqualTo(generationLsn);
    }

    @Test
    void records_leave_before_they_are_forced_here_and_count_here_only_then() {
        long before = master.view().permanentLsn();
        long lsn = master.view().last().lsn() + 1;
        master.in(new Input.Appended(new RecordBatchBuilder()
                .add(4, lsn, RecordKind.TRANSACTION, new byte[8])
                .build()));
        assertThat(master.sent(Message.Append.class))
                .extracting(append -> append.records().lastLsn())
                .containsExactly(lsn, lsn);
        master.ack("b:1", 1, lsn);
        assertThat(master.view().permanentLsn())
                .as("stored by one of three")
                .isGreaterThanOrEqualTo(before)
                .isLessThan(lsn);
        master.in(new Input.Stored(new Standing(4, lsn)));
        assertThat(master.view().permanentLsn()).isEqualTo(lsn);
    }

    @Test
    void a_new_stream_counts_from_zero() {
        long lsn = master.commit();
        master.ack("b:1", 1, lsn).ack("c:1", 2, lsn);
        long next = master.commit();
        master.stream("b:1");
        master.ack("b:1", 1, next);
        assertThat(master.view().permanentLsn()).isEqualTo(lsn);
        master.ack("b:1", 3, next);
        assertThat(master.view().permanentLsn()).isEqualTo(next);
    }

    @Test
    void a_group_of_one_satisfies_every_policy() {
        master = ScriptedSite.memberWith(new Standing(3, 10));
        long lsn = master.commit();
        for (AckPolicy policy : AckPolicy.values()) {
            assertThat(satisfied(policy)).as(policy.name()).isEqualTo(lsn);
        }
    }
}
