package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.log.GenerationHistory;
import org.understudy.log.Mastership;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** docs/protocol.md §5: records and checkpoints from other sites than the master, and what is not taken from them. */
class ClientToClientTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final UUID MASTERSHIP = new UUID(4, 9);
    private static final Standing CURRENT = new Standing(4, 500);

    private ScriptedSite site;

    private static SyncSettings withPeers(String... peers) {
        return new SyncSettings(1 << 20, 1 << 16, false, true, true, Long.MAX_VALUE, List.of(peers));
    }

    /** A member that hears b, which is master of generation 4, and is connected to c and d. */
    private void follows(SyncSettings sync) {
        site = ScriptedSite.memberThat(sync, LOG, "b:1", "c:1", "d:1").connect("b:1", "c:1", "d:1");
    }

    private void hears(String peer, Standing last, SyncPhase phase, int serving) {
        site.from(peer, new Message.Heartbeat(1, 3, false, last, 10, 0, phase, serving, false));
    }

    private GenerationHistory mastersHistory() {
        return site.view().history().with(new Mastership(4, MASTERSHIP, 201));
    }

    /** The master's log begins at an LSN and reaches to 500; the one here ends at 10. */
    private void answer(long logStart) {
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, CURRENT));
        answerAgain(logStart);
    }

    private void answerAgain(long logStart) {
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        site.from("b:1", new Message.VerifyAnswer(request, 4, MASTERSHIP, mastersHistory(), 10, logStart, 500, 500, 0));
    }

    private static RecordBatch records(long generation, long from, long to) {
        RecordBatchBuilder builder = new RecordBatchBuilder();
        for (long lsn = from; lsn <= to; lsn++) {
            builder.add(generation, lsn, RecordKind.TRANSACTION, new byte[8]);
        }
        return builder.build();
    }

    @Test
    void S72_a_partial_view_is_asked_for_nothing_also_where_it_is_the_configured_peer() {
        follows(withPeers("c:1"));
        hears("c:1", CURRENT, SyncPhase.STREAM, Message.Heartbeat.NO_SOURCE);
        hears("d:1", CURRENT, SyncPhase.STREAM, 5);
        answer(1);
        assertThat(askedForRecords()).containsExactly("d:1");
        follows(withPeers());
        hears("c:1", CURRENT, SyncPhase.STREAM, Message.Heartbeat.NO_SOURCE);
        answer(100);
        assertThat(askedForACheckpoint()).containsExactly("b:1");
    }

    private List<String> askedForRecords() {
        return site.effects(Effect.Send.class).stream()
                .filter(send -> send.message() instanceof Message.RangeRequest)
                .map(send -> send.to().name())
                .toList();
    }

    private List<String> askedForACheckpoint() {
        return site.effects(Effect.FetchCheckpoint.class).stream()
                .map(fetch -> fetch.source().name())
                .toList();
    }

    private void sends(String from, RecordBatch records) {
        long request = site.sent(Message.RangeRequest.class).get(0).request();
        Standing previous = new Standing(3, records.firstLsn() - 1);
        site.from(from, new Message.RangeAnswer(request, previous, Optional.of(records)));
    }

    @Test
    void S56_records_come_from_the_configured_peer() {
        follows(withPeers("x:1", "d:1", "c:1"));
        answer(1);
        assertThat(askedForRecords()).containsExactly("d:1");
        sends("d:1", records(3, 11, 20));
        assertThat(site.effects(Effect.Write.class)).hasSize(1);
        assertThat(askedForRecords()).containsExactly("d:1");
        assertThat(site.sent(Message.Ack.class)).isEmpty();
    }

    @Test
    void S56_a_source_that_does_not_have_it_says_so_and_the_master_is_asked() {
        follows(withPeers("d:1"));
        answer(1);
        long request = site.sent(Message.RangeRequest.class).get(0).request();
        site.from("d:1", new Message.RangeAnswer(request, LOG, Optional.empty()));
        assertThat(askedForRecords()).containsExactly("b:1");
    }

    @Test
    void S56_a_source_that_is_gone_or_silent_is_replaced_by_the_master() {
        follows(withPeers("d:1"));
        answer(1);
        site.lose("d:1");
        assertThat(askedForRecords()).containsExactly("b:1");
        follows(withPeers("d:1"));
        answer(1);
        for (int beats = 0; beats < 3; beats++) {
            site.after(500).from("b:1", ScriptedSite.heartbeatOfMaster(4, CURRENT));
            hears("d:1", CURRENT, SyncPhase.STREAM, 0);
        }
        site.after(500);
        assertThat(askedForRecords()).containsExactly("b:1");
    }

    @Test
    void a_dead_tail_is_not_taken_from_a_peer() {
        follows(withPeers("d:1"));
        answer(1);
        sends("d:1", records(3, 11, 201));
        assertThat(site.effects(Effect.Write.class)).isEmpty();
        assertThat(askedForRecords()).containsExactly("b:1");
    }

    @Test
    void without_a_configured_peer_it_is_the_least_loaded_one_that_streams_and_has_enough() {
        follows(ScriptedSite.SYNC);
        hears("c:1", CURRENT, SyncPhase.STREAM, 2);
        hears("d:1", CURRENT, SyncPhase.STREAM, 1);
        answer(1);
        assertThat(askedForRecords()).containsExactly("d:1");
    }

    @Test
    void who_does_not_stream_or_has_too_little_is_not_asked() {
        follows(ScriptedSite.SYNC);
        hears("c:1", CURRENT, SyncPhase.CATCH_UP, 0);
        hears("d:1", new Standing(3, 20), SyncPhase.STREAM, 0);
        answer(1);
        assertThat(askedForRecords()).containsExactly("b:1");
    }

    @Test
    void a_checkpoint_comes_from_a_peer_and_after_a_failure_from_the_master() {
        follows(withPeers("d:1"));
        answer(400);
        assertThat(askedForACheckpoint()).containsExactly("d:1");
        site.in(new Input.InitialiseFailed("it has none"));
        site.after(500);
        answerAgain(400);
        assertThat(askedForACheckpoint()).containsExactly("b:1");
    }

    @Test
    void a_peers_checkpoint_from_which_the_masters_log_does_not_go_on_is_refused() {
        follows(withPeers("d:1"));
        answer(400);
        site.in(new Input.CheckpointOffered(new Standing(4, 300), mastersHistory(), 300));
        assertThat(site.effects(Effect.RefuseCheckpoint.class)).hasSize(1);
    }

    @Test
    void a_peers_checkpoint_with_a_dead_tail_is_refused() {
        follows(withPeers("d:1"));
        answer(400);
        site.in(new Input.CheckpointOffered(new Standing(3, 450), site.view().history(), 10));
        assertThat(site.effects(Effect.RefuseCheckpoint.class)).hasSize(1);
    }

    @Test
    void a_peers_checkpoint_of_what_this_master_wrote_later_is_taken() {
        follows(withPeers("d:1"));
        answer(400);
        site.in(new Input.CheckpointOffered(new Standing(4, 600), mastersHistory(), 300));
        assertThat(site.effects(Effect.AcceptCheckpoint.class)).hasSize(1);
    }

    @Test
    void a_checkpoint_that_is_half_here_goes_on_at_its_source() {
        follows(ScriptedSite.SYNC);
        site.in(new Input.CheckpointKept(Optional.of(ScriptedSite.peer("c:1"))));
        answer(400);
        assertThat(askedForACheckpoint()).containsExactly("c:1");
    }

    @Test
    void a_site_that_joins_asks_its_peer_too_though_it_knows_no_members_yet() {
        site = ScriptedSite.newcomer(withPeers("d:1"), "b:1").connect("b:1", "d:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, CURRENT));
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        GenerationHistory history = new GenerationHistory(List.of(new Mastership(4, MASTERSHIP, 1)));
        site.from("b:1", new Message.VerifyAnswer(request, 4, MASTERSHIP, history, 0, 400, 500, 500, 0));
        assertThat(askedForACheckpoint()).containsExactly("d:1");
    }

    @Test
    void a_site_tells_how_many_fetch_from_it() {
        follows(ScriptedSite.SYNC);
        site.from("c:1", new Message.RangeRequest(1, 1, 5, 1000));
        site.in(new Input.ServedCheckpoint(ScriptedSite.peer("d:1")));
        site.after(500);
        assertThat(site.sent(Message.Heartbeat.class)).isNotEmpty().allMatch(beat -> beat.serving() == 2);
    }
}
