package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.BecameClient;
import org.understudy.event.InitDone;
import org.understudy.event.NewMaster;
import org.understudy.event.RolledBack;
import org.understudy.event.StartupDone;
import org.understudy.log.GenerationHistory;
import org.understudy.log.GenerationStart;
import org.understudy.log.Mastership;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** docs/protocol.md §3 and §5: what a client takes, acknowledges, undoes and refuses. */
class FollowingAMasterTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final UUID MASTERSHIP = new UUID(4, 9);

    private ScriptedSite site;

    @BeforeEach
    void a_member_that_hears_a_master_of_generation_four() {
        site = ScriptedSite.memberWith(LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
    }

    private GenerationHistory mastersHistory() {
        GenerationHistory known = site.view().history();
        return known.generationAt(11) == 4 ? known : known.with(new Mastership(4, MASTERSHIP, 11));
    }

    private ScriptedSite answer(long match, long logStart, long stream) {
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        return site.from(
                "b:1",
                new Message.VerifyAnswer(request, 4, MASTERSHIP, mastersHistory(), match, logStart, 12, 12, stream));
    }

    private static RecordBatch records(long from, long to) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (long lsn = from; lsn <= to; lsn++) {
            boolean first = lsn == 11;
            byte[] payload =
                    first ? new GenerationStart(2, ScriptedSite.incarnation("b:1"), MASTERSHIP).encode() : new byte[8];
            builder.add(4, lsn, first ? RecordKind.GENERATION : RecordKind.TRANSACTION, payload);
        }
        return builder.build();
    }

    private ScriptedSite append(long stream, Standing previous, long from, long to, long permanent) {
        return site.from("b:1", new Message.Append(4, MASTERSHIP, stream, previous, records(from, to), permanent, to));
    }

    @Test
    void a_new_master_is_told_once_and_verified_at_once() {
        assertThat(site.events(NewMaster.class)).hasSize(1);
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        assertThat(site.events(NewMaster.class)).isEmpty();
    }

    @Test
    void a_restarted_member_is_a_client_before_it_hears_anyone() {
        ScriptedSite restarted = ScriptedSite.memberWith(LOG, "b:1", "c:1");
        assertThat(restarted.events(BecameClient.class)).hasSize(1);
    }

    @Test
    void start_up_is_done_when_the_masters_lsn_of_the_beginning_is_reached() {
        answer(10, 1, 1);
        assertThat(site.view().phase()).isEqualTo(SyncPhase.STREAM);
        assertThat(site.events(StartupDone.class)).isEmpty();
        append(1, LOG, 11, 12, 10);
        assertThat(site.events(StartupDone.class)).hasSize(1);
        append(1, new Standing(4, 12), 13, 13, 12);
        assertThat(site.events(StartupDone.class)).isEmpty();
    }

    @Test
    void records_are_acknowledged_only_once_they_are_stored() {
        answer(10, 1, 1);
        append(1, LOG, 11, 12, 10);
        assertThat(site.effects(Effect.Write.class)).hasSize(1);
        assertThat(site.sent(Message.Ack.class)).isEmpty();
        site.in(new Input.Stored(new Standing(4, 12)));
        assertThat(site.sent(Message.Ack.class)).extracting(Message.Ack::lsn).containsExactly(12L);
    }

    @Test
    void records_that_do_not_continue_the_log_are_not_taken_and_lead_to_a_verify() {
        answer(10, 1, 1);
        append(1, new Standing(4, 11), 12, 12, 10);
        assertThat(site.effects(Effect.Write.class)).isEmpty();
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
        assertThat(site.effects(Effect.Rollback.class)).isEmpty();
    }

    @Test
    void records_of_another_stream_or_mastership_are_not_taken() {
        answer(10, 1, 1);
        append(2, LOG, 11, 11, 10);
        assertThat(site.effects(Effect.Write.class)).isEmpty();
    }

    @Test
    void a_stream_that_the_master_began_for_an_old_request_come_again_is_asked_for_anew() {
        answer(10, 1, 1);
        append(1, LOG, 11, 12, 10);
        site.in(new Input.Stored(new Standing(4, 12)));
        append(2, LOG, 11, 12, 10);
        assertThat(site.view().phase()).isEqualTo(SyncPhase.VERIFY);
        answer(12, 1, 3);
        assertThat(site.sent(Message.Ack.class))
                .extracting(Message.Ack::stream, Message.Ack::lsn)
                .containsExactly(tuple(3L, 12L));
    }

    @Test
    void what_is_left_of_an_older_stream_is_not_taken_and_asks_for_nothing() {
        answer(10, 1, 2);
        append(1, LOG, 11, 11, 10);
        assertThat(site.sent(Message.VerifyRequest.class)).isEmpty();
        assertThat(site.effects(Effect.Write.class)).isEmpty();
    }

    @Test
    void the_permanent_lsn_goes_no_further_than_this_stream_has_proved() {
        answer(10, 1, 1);
        assertThat(site.view().permanentLsn()).isEqualTo(10);
        append(1, LOG, 11, 11, 999);
        assertThat(site.view().permanentLsn()).isEqualTo(11);
    }

    @Test
    void a_heartbeat_raises_no_permanent_lsn_before_the_logs_were_compared() {
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG, 10));
        assertThat(site.view().permanentLsn()).isZero();
    }

    @Test
    void a_heartbeat_makes_up_for_a_lost_announcement() {
        answer(10, 1, 1);
        append(1, LOG, 11, 12, 10);
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, new Standing(4, 12), 12));
        assertThat(site.view().permanentLsn()).isEqualTo(12);
    }

    @Test
    void after_promising_a_later_generation_nothing_older_is_acknowledged() {
        answer(10, 1, 1);
        append(1, LOG, 11, 12, 10);
        site.from("c:1", new Message.VoteRequest(5, new Standing(4, 12), 0));
        site.in(new Input.Stored(new Standing(4, 12)));
        assertThat(site.sent(Message.Ack.class)).isEmpty();
    }

    @Test
    void what_the_master_does_not_have_is_undone_and_named() {
        answer(8, 1, 0);
        assertThat(site.effects(Effect.Rollback.class))
                .extracting(Effect.Rollback::matchPoint)
                .containsExactly(new Standing(3, 8));
        site.in(new Input.RollbackDone(
                new Standing(3, 8), site.view().history(), site.view().members(), List.of()));
        assertThat(site.events(RolledBack.class))
                .extracting(RolledBack::fromLsn, RolledBack::toLsn)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(9L, 10L));
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
    }

    @Test
    void nothing_at_or_below_the_permanent_lsn_is_undone() {
        site = ScriptedSite.memberOf(LOG, 9, ScriptedSite.member(1, "a:1", 100), ScriptedSite.member(2, "b:1", 100));
        site.connect("b:1").from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        answer(8, 1, 0);
        assertThat(site.effects(Effect.Panic.class)).hasSize(1);
        assertThat(site.effects(Effect.Rollback.class)).isEmpty();
    }

    @Test
    void a_site_whose_records_are_trimmed_at_the_master_initialises() {
        answer(10, 50, 0);
        assertThat(site.effects(Effect.FetchCheckpoint.class)).hasSize(1);
        GenerationHistory history = mastersHistory();
        site.in(new Input.CheckpointOffered(new Standing(4, 60), history, 60));
        assertThat(site.effects(Effect.AcceptCheckpoint.class)).hasSize(1);
        site.in(new Input.CheckpointFetched());
        assertThat(site.effects)
                .extracting(Effect::getClass)
                .extracting(Class::getSimpleName)
                .containsExactly("SaveBallot", "InstallCheckpoint");
        site.in(new Input.Initialised(new Standing(4, 60), history, site.view().members(), 60));
        assertThat(site.events(InitDone.class)).hasSize(1);
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
    }

    @Test
    void a_checkpoint_older_than_this_sites_own_log_is_refused() {
        answer(10, 50, 0);
        site.in(new Input.CheckpointOffered(new Standing(3, 9), site.view().history(), 9));
        assertThat(site.effects(Effect.RefuseCheckpoint.class)).hasSize(1);
    }

    @Test
    void a_site_that_initialises_neither_stands_nor_is_nominated() {
        answer(10, 50, 0);
        site.lose("b:1").from("c:1", new Message.CanvassRequest(1, 4));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind)
                .containsExactly(Message.CanvassKind.CANNOT_STAND);
    }

    @Test
    void catching_up_asks_range_after_range_and_verifies_at_the_end() {
        answer(10, 1, 0);
        Message.RangeRequest first = site.sent(Message.RangeRequest.class).get(0);
        assertThat(first.fromLsn()).isEqualTo(11);
        site.from("b:1", new Message.RangeAnswer(first.request(), LOG, Optional.of(records(11, 11))));
        Message.RangeRequest second = site.sent(Message.RangeRequest.class).get(0);
        site.from("b:1", new Message.RangeAnswer(second.request(), new Standing(4, 11), Optional.of(records(12, 12))));
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
        assertThat(site.view().last()).isEqualTo(new Standing(4, 12));
    }

    @Test
    void two_masterships_of_one_generation_stop_the_site() {
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        GenerationHistory other = new GenerationHistory(
                List.of(new Mastership(0, ScriptedSite.GROUP, 1), new Mastership(3, new UUID(0, 66), 2)));
        site.from("b:1", new Message.VerifyAnswer(request, 4, MASTERSHIP, other, 1, 1, 12, 12, 0));
        assertThat(site.effects(Effect.Panic.class)).hasSize(1);
    }

    @Test
    void a_write_that_fails_ends_this_sites_part() {
        answer(10, 1, 1);
        site.in(new Input.WriteFailed("no space left"));
        append(1, LOG, 11, 12, 10);
        assertThat(site.effects(Effect.Write.class)).isEmpty();
        site.from("c:1", new Message.VoteRequest(9, new Standing(9, 99), 0));
        assertThat(site.sent(Message.VoteAnswer.class)).isEmpty();
    }

    @Test
    void a_removed_site_closes_its_connections_whoever_made_them() {
        site.from("b:1", new Message.Removed(ScriptedSite.GROUP, new Standing(4, 12), "removed"));
        assertThat(site.effects(Effect.Disconnect.class))
                .extracting(Effect.Disconnect::peer)
                .extracting(Peer::name)
                .containsExactly("b:1", "c:1");
    }
}
