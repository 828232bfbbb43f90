package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.log.ForwardId;

/** Forwarded writes as the site sees them that forwards them (protocol.md §9). */
class ForwardingClientTest {
    private static final Standing START = new Standing(1, 10);
    private static final long SECOND = 1_000_000;
    private static final ForwardTerms TERMS = new ForwardTerms(AckPolicy.QUORUM, false, SECOND);
    private static final UUID SESSION = new UUID(5, 5);
    private static final Peer B = ScriptedSite.peer("b:1");

    private ScriptedSite site = ScriptedSite.memberWith(START, "b:1", "c:1").connect("b:1", "c:1");

    private void follow(String master, long generation) {
        site.from(master, ScriptedSite.heartbeatOfMaster(generation, START));
    }

    private ScriptedSite write(long request) {
        return site.in(new Input.ForwardWrite(request, TERMS, new byte[] {(byte) request}, 5 * SECOND));
    }

    private void open() {
        long request = site.sent(Message.OpenSession.class).get(0).request();
        site.from("b:1", new Message.SessionOpened(request, Optional.of(SESSION)));
    }

    /** The site follows a master and has forwarded one write to it. */
    private Message.Forward forwarded() {
        follow("b:1", 2);
        write(1);
        open();
        return theForward();
    }

    private Message.Forward theForward() {
        List<Message.Forward> all = site.sent(Message.Forward.class);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private ScriptedSite answer(String from, Message.Forward forward, ForwardAnswer answer) {
        return site.from(from, new Message.Forwarded(forward.generation(), forward.id(), answer));
    }

    private List<ForwardResult> results() {
        return site.effects(Effect.ForwardEnded.class).stream()
                .map(Effect.ForwardEnded::result)
                .toList();
    }

    private static ForwardResult answered(ForwardAnswer answer) {
        return new ForwardResult.Answered(answer);
    }

    @Test
    void a_client_opens_a_session_first_and_then_forwards_in_order() {
        follow("b:1", 2);
        write(1);
        assertThat(site.sent(Message.Forward.class)).isEmpty();
        write(2);
        assertThat(site.sent(Message.OpenSession.class))
                .as("one session is enough")
                .isEmpty();
        site.from("b:1", new Message.SessionOpened(1, Optional.of(SESSION)));
        assertThat(site.sent(Message.Forward.class))
                .extracting(Message.Forward::id)
                .containsExactly(new ForwardId(SESSION, 1), new ForwardId(SESSION, 2));
        write(3);
        assertThat(theForward().lowestOpen()).isEqualTo(1);
    }

    @Test
    void a_write_ends_when_its_commit_is_here_too() {
        Message.Forward forward = forwarded();
        answer("b:1", forward, new ForwardAnswer.Done(new Standing(2, 12)));
        assertThat(results()).isEmpty();

        site = ScriptedSite.memberWith(new Standing(2, 12), "b:1", "c:1").connect("b:1", "c:1");
        Message.Forward known = forwarded();
        answer("b:1", known, new ForwardAnswer.Done(new Standing(2, 12)));
        assertThat(results()).containsExactly(answered(new ForwardAnswer.Done(new Standing(2, 12))));
    }

    @Test
    void the_next_master_is_asked_under_the_same_id_and_told_that_another_was_asked() {
        Message.Forward first = forwarded();
        assertThat(first.again()).isFalse();
        follow("c:1", 3);
        Message.Forward second = theForward();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.generation()).isEqualTo(3);
        assertThat(second.again()).isTrue();
    }

    @Test
    void what_an_older_mastership_answers_late_is_not_believed() {
        Message.Forward first = forwarded();
        follow("c:1", 3);
        answer("b:1", first, new ForwardAnswer.Refused(ForwardAnswer.Refusal.CONFLICT, "late"));
        answer("b:1", first, new ForwardAnswer.Done(START));
        assertThat(results()).isEmpty();
    }

    @Test
    void a_reconnected_master_is_asked_again_at_once_and_that_proves_nothing_against_it() {
        Message.Forward first = forwarded();
        site.lose("b:1").connect("b:1");
        follow("b:1", 2);
        assertThat(theForward().id()).isEqualTo(first.id());
        assertThat(theForward().again()).isFalse();
    }

    @Test
    void a_master_that_is_silent_is_asked_again_ever_more_rarely() {
        forwarded();
        assertThat(site.after(990).sent(Message.Forward.class)).isEmpty();
        follow("b:1", 2);
        assertThat(site.after(20).sent(Message.Forward.class)).hasSize(1);
        follow("b:1", 2);
        assertThat(site.after(1_500).sent(Message.Forward.class)).isEmpty();
        follow("b:1", 2);
        assertThat(site.after(600).sent(Message.Forward.class)).hasSize(1);
    }

    @Test
    void a_write_that_no_master_has_seen_is_certainly_not_written() {
        write(1);
        site.after(6_000);
        assertThat(results()).hasSize(1).first().isInstanceOf(ForwardResult.Unavailable.class);
    }

    @Test
    void a_write_that_all_masters_have_turned_away_is_certainly_not_written() {
        Message.Forward first = forwarded();
        answer("b:1", first, new ForwardAnswer.NotMaster());
        follow("c:1", 3);
        Message.Forward second = theForward();
        assertThat(second.again()).isFalse();
        answer("c:1", second, new ForwardAnswer.NotMaster());
        site.lose("c:1");
        site.after(6_000);
        assertThat(results()).hasSize(1).first().isInstanceOf(ForwardResult.Unavailable.class);
    }

    @Test
    void a_master_that_is_none_any_more_says_nothing_of_a_copy_it_has_not_answered() {
        Message.Forward first = forwarded();
        site.after(1_100);
        Message.Forward copy = theForward();
        assertThat(copy.id()).isEqualTo(first.id());
        answer("b:1", copy, new ForwardAnswer.NotMaster());
        site.lose("b:1");
        site.after(6_000);
        assertThat(results()).hasSize(1).first().isInstanceOf(ForwardResult.Unknown.class);
    }

    @Test
    void a_write_that_was_not_answered_in_time_is_unknown_and_its_number_stays_open_for_a_while() {
        Message.Forward forward = forwarded();
        for (int i = 0; i < 6; i++) {
            follow("b:1", 2);
            site.after(900);
        }
        assertThat(results()).hasSize(1).first().isInstanceOfSatisfying(ForwardResult.Unknown.class, unknown -> {
            assertThat(unknown.id()).isEqualTo(forward.id());
            assertThat(unknown.commit()).isEmpty();
        });
        follow("b:1", 2);
        assertThat(write(2).sent(Message.Forward.class).get(0).lowestOpen()).isEqualTo(1);
    }

    @Test
    void a_write_that_is_committed_but_does_not_come_here_in_time_is_told_with_its_place() {
        Message.Forward forward = forwarded();
        answer("b:1", forward, new ForwardAnswer.Done(new Standing(2, 12)));
        for (int i = 0; i < 6; i++) {
            follow("b:1", 2);
            site.after(900);
        }
        assertThat(results())
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(ForwardResult.Unknown.class, unknown -> assertThat(unknown.commit())
                        .contains(new Standing(2, 12)));
    }

    @Test
    void a_write_whose_session_has_ended_goes_in_a_new_session_if_only_one_copy_was_sent() {
        Message.Forward first = forwarded();
        answer("b:1", first, new ForwardAnswer.UnknownId(false));
        long request = site.sent(Message.OpenSession.class).get(0).request();
        UUID next = new UUID(6, 6);
        site.from("b:1", new Message.SessionOpened(request, Optional.of(next)));
        assertThat(theForward().id()).isEqualTo(new ForwardId(next, 1));
    }

    /** The first copy may have been committed, and its session have ended since. */
    @Test
    void a_write_whose_answer_may_be_lost_is_not_renumbered_at_the_same_master_either() {
        Message.Forward first = forwarded();
        site.after(1_100);
        assertThat(theForward().id()).isEqualTo(first.id());
        answer("b:1", first, new ForwardAnswer.UnknownId(false));
        assertThat(results()).hasSize(1).first().isInstanceOf(ForwardResult.Unknown.class);
    }

    @Test
    void a_write_that_another_master_may_have_written_is_not_renumbered() {
        forwarded();
        follow("c:1", 3);
        answer("c:1", theForward(), new ForwardAnswer.UnknownId(false));
        assertThat(results()).hasSize(1).first().isInstanceOf(ForwardResult.Unknown.class);
    }

    @Test
    void a_write_below_the_window_is_unknown() {
        answer("b:1", forwarded(), new ForwardAnswer.UnknownId(true));
        assertThat(results()).hasSize(1).first().isInstanceOf(ForwardResult.Unknown.class);
    }

    @Test
    void refusals_end_the_write_at_once() {
        ForwardAnswer conflict = new ForwardAnswer.Refused(ForwardAnswer.Refusal.CONFLICT, "written since");
        answer("b:1", forwarded(), conflict);
        assertThat(results()).containsExactly(answered(conflict));
    }

    @Test
    void a_master_that_does_not_serve_is_told_of() {
        follow("b:1", 2);
        write(1);
        site.from("b:1", new Message.SessionOpened(1, Optional.empty()));
        assertThat(results()).containsExactly(answered(new ForwardAnswer.NotServed()));
    }

    @Test
    void a_master_of_a_release_without_forwarding_is_sent_nothing_it_would_not_understand() {
        site.lose("b:1").in(new Input.Connected(B, ScriptedSite.GROUP, false));
        follow("b:1", 2);
        write(1);
        assertThat(results()).containsExactly(answered(new ForwardAnswer.NotServed()));
        assertThat(site.sent(Message.OpenSession.class)).isEmpty();
    }

    @Test
    void a_write_that_an_earlier_master_may_have_taken_ends_unknown_where_the_next_ones_release_lacks_forwarding() {
        forwarded();
        site.lose("c:1").in(new Input.Connected(ScriptedSite.peer("c:1"), ScriptedSite.GROUP, false));
        follow("c:1", 3);
        assertThat(results()).singleElement().isInstanceOf(ForwardResult.Unknown.class);
        assertThat(site.sent(Message.Forward.class)).isEmpty();
    }

    @Test
    void no_more_numbers_are_open_than_a_session_takes() {
        forwarded();
        for (int request = 2; request <= 80; request++) {
            write(request);
        }
        Message.Forward first = new Message.Forward(2, new ForwardId(SESSION, 1), 1, false, TERMS, new byte[0]);
        ForwardAnswer no = new ForwardAnswer.Refused(ForwardAnswer.Refusal.CONFLICT, "written since");
        answer("b:1", first, no);
        assertThat(site.sent(Message.Forward.class))
                .extracting(forward -> forward.id().number())
                .containsExactly(65L);
    }

    @Test
    void a_site_that_becomes_master_itself_takes_its_own_forwarded_writes() {
        write(1);
        site.elect("b:1");
        assertThat(site.effects(Effect.OpenForwardSession.class)).hasSize(1);
        Effect.OpenForwardSession opening =
                site.effects(Effect.OpenForwardSession.class).get(0);
        site.in(new Input.ForwardSessionOpened(opening.from(), opening.request(), opening.session()));
        Effect.CommitForwarded commit = site.theOnly(Effect.CommitForwarded.class);
        site.in(new Input.ForwardedCommitEnded(
                commit.from(),
                commit.forward(),
                new ForwardAnswer.Done(site.view().last())));
        assertThat(results())
                .containsExactly(answered(new ForwardAnswer.Done(site.view().last())));
    }
}
