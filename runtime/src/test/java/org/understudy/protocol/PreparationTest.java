package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;
import org.understudy.event.ElectionFailed;
import org.understudy.log.GenerationHistory;
import org.understudy.log.Mastership;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;

/** docs/protocol.md §4.2: a nominee fetches what a site knows that can't be elected itself. */
class PreparationTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final Standing MORE = new Standing(3, 12);

    private static ScriptedSite site() {
        return ScriptedSite.memberOf(
                        LOG,
                        0,
                        ScriptedSite.member(1, "a:1", 100),
                        ScriptedSite.member(2, "b:1", 0),
                        ScriptedSite.member(3, "c:1", 50))
                .connect("b:1", "c:1");
    }

    private static void canvassed(ScriptedSite site) {
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        site.from("c:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 50, 0, true, ""));
        site.from("b:1", new Message.CanvassAnswer(round, Message.CanvassKind.CANNOT_STAND, 3, MORE, 0, 0, true, ""));
    }

    private static ScriptedSite preparing() {
        ScriptedSite site = site();
        site.after(600);
        canvassed(site);
        return site;
    }

    private static GenerationHistory history() {
        return site().view().history();
    }

    private static Message.PrepareAnswer matchAt(ScriptedSite site, long lsn, Standing last) {
        return new Message.PrepareAnswer(
                site.sent(Message.PrepareRequest.class).get(0).request(), history(), lsn, 1, last);
    }

    private static RecordBatch records(long from, long to) {
        RecordBatchBuilder batch = new RecordBatchBuilder();
        for (long lsn = from; lsn <= to; lsn++) {
            batch.add(3, lsn, RecordKind.TRANSACTION, new byte[8]);
        }
        return batch.build();
    }

    @Test
    void the_best_that_can_be_elected_asks_the_one_that_knows_more_before_it_stands() {
        ScriptedSite site = preparing();
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(site.effects(Effect.Send.class))
                .anyMatch(send -> send.to().name().equals("b:1") && send.message() instanceof Message.PrepareRequest);
    }

    @Test
    void a_source_that_its_older_table_does_not_have_is_asked_all_the_same() {
        ScriptedSite site = site().connect("d:1");
        site.from("c:1", new Message.Nominate(3, "d:1", false));
        assertThat(site.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(site.effects(Effect.Send.class))
                .anyMatch(send -> send.to().name().equals("d:1") && send.message() instanceof Message.PrepareRequest);
    }

    @Test
    void with_what_it_lacked_it_canvasses_anew_and_stands() {
        ScriptedSite site = preparing();
        site.from("b:1", matchAt(site, 10, MORE));
        Message.RangeRequest range = site.sent(Message.RangeRequest.class).get(0);
        assertThat(range.fromLsn()).isEqualTo(11);
        site.from("b:1", new Message.RangeAnswer(range.request(), LOG, Optional.of(records(11, 12))));
        assertThat(site.effects(Effect.Write.class)).hasSize(1);
        site.from("b:1", matchAt(site, 12, MORE));
        canvassed(site);
        assertThat(site.sent(Message.VoteRequest.class))
                .extracting(Message.VoteRequest::standing)
                .containsOnly(MORE);
    }

    @Test
    void meanwhile_it_says_that_it_prepares_which_delays_other_canvassers() {
        ScriptedSite site = preparing();
        site.from("c:1", new Message.CanvassRequest(7, 3));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind)
                .containsExactly(Message.CanvassKind.PREPARING);
        ScriptedSite other = site();
        other.after(600);
        long round = other.sent(Message.CanvassRequest.class).get(0).round();
        other.from("c:1", new Message.CanvassAnswer(round, Message.CanvassKind.PREPARING, 3, LOG, 50, 0, true, ""));
        other.from("b:1", new Message.CanvassAnswer(round, Message.CanvassKind.CANNOT_STAND, 3, LOG, 0, 0, true, ""));
        assertThat(other.sent(Message.VoteRequest.class)).isEmpty();
        assertThat(other.sent(Message.Nominate.class)).isEmpty();
    }

    @Test
    void what_it_holds_above_the_match_point_goes_first() {
        ScriptedSite site = preparing();
        GenerationHistory newer = new GenerationHistory(List.of(
                history().entries().get(0),
                history().entries().get(1),
                new Mastership(4, ScriptedSite.incarnation("b:1"), 9)));
        long request = site.sent(Message.PrepareRequest.class).get(0).request();
        site.from("b:1", new Message.PrepareAnswer(request, newer, 8, 1, new Standing(4, 9)));
        assertThat(site.effects(Effect.Rollback.class))
                .extracting(Effect.Rollback::matchPoint)
                .containsExactly(new Standing(3, 8));
        site.in(new Input.RollbackDone(
                new Standing(3, 8), history().upTo(8), site.view().members(), List.of()));
        assertThat(site.sent(Message.PrepareRequest.class)).hasSize(1);
    }

    @Test
    void nothing_permanent_is_undone_for_it() {
        ScriptedSite site = ScriptedSite.memberOf(
                        LOG,
                        9,
                        ScriptedSite.member(1, "a:1", 100),
                        ScriptedSite.member(2, "b:1", 0),
                        ScriptedSite.member(3, "c:1", 50))
                .connect("b:1", "c:1")
                .after(600);
        canvassed(site);
        site.from("b:1", matchAt(site, 8, MORE));
        assertThat(site.effects(Effect.Rollback.class)).isEmpty();
        assertThat(site.events(ElectionFailed.class)).singleElement().asString().contains("below the permanent LSN 9");
    }

    @Test
    void where_nothing_comes_it_gives_up_and_stands_without() {
        ScriptedSite site = preparing();
        for (int i = 0; i < 2; i++) {
            site.after(900).from("b:1", heartbeat()).from("c:1", heartbeat());
        }
        site.after(300);
        canvassed(site);
        assertThat(site.sent(Message.VoteRequest.class)).isNotEmpty();
    }

    @Test
    void one_that_can_neither_fetch_nor_win_lets_another_try() {
        ScriptedSite site = preparing();
        site.lose("b:1").unreachable("b:1");
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        site.from("c:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 50, 0, true, ""));
        Message.VoteRequest vote = site.sent(Message.VoteRequest.class).get(0);
        site.from("c:1", new Message.VoteAnswer(vote.generation(), false, vote.generation(), 100, "knows more"));
        assertThat(site.events(ElectionFailed.class)).isNotEmpty();
        site.from("c:1", new Message.CanvassRequest(9, 4));
        assertThat(site.sent(Message.CanvassAnswer.class))
                .extracting(Message.CanvassAnswer::kind)
                .containsExactly(Message.CanvassKind.CANNOT_STAND);
    }

    @Test
    void a_nomination_names_whom_to_fetch_from() {
        ScriptedSite site = ScriptedSite.memberOf(
                        MORE,
                        0,
                        ScriptedSite.member(1, "a:1", 0),
                        ScriptedSite.member(2, "b:1", 50),
                        ScriptedSite.member(3, "c:1", 0))
                .connect("b:1", "c:1")
                .after(600);
        long round = site.sent(Message.CanvassRequest.class).get(0).round();
        site.from("c:1", new Message.CanvassAnswer(round, Message.CanvassKind.CANNOT_STAND, 3, LOG, 0, 0, true, ""));
        site.from("b:1", new Message.CanvassAnswer(round, Message.CanvassKind.STANDING, 3, LOG, 50, 0, true, ""));
        assertThat(site.sent(Message.Nominate.class))
                .extracting(Message.Nominate::source)
                .containsExactly("a:1");
        site.from("b:1", new Message.PrepareRequest(1, history(), LOG));
        assertThat(site.sent(Message.PrepareAnswer.class))
                .extracting(Message.PrepareAnswer::matchLsn, Message.PrepareAnswer::last)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(10L, MORE));
    }

    private static Message heartbeat() {
        return new Message.Heartbeat(1, 3, false, LOG, 0, 0, org.understudy.SyncPhase.NONE);
    }
}
