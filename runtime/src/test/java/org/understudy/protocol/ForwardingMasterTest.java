package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.Standing;
import org.understudy.log.ForwardId;

/** Forwarded writes as the master sees them (protocol.md §9). */
class ForwardingMasterTest {
    private static final Standing START = new Standing(1, 10);
    private static final long SECOND = 1_000_000;
    private static final ForwardTerms TERMS = new ForwardTerms(AckPolicy.QUORUM, false, SECOND);
    private static final UUID SESSION = new UUID(5, 5);
    private static final Peer B = ScriptedSite.peer("b:1");

    private ScriptedSite site = ScriptedSite.memberWith(START, "b:1", "c:1").connect("b:1", "c:1");

    private Message.Forward forward(long number, boolean again) {
        return new Message.Forward(
                site.view().generation(), new ForwardId(SESSION, number), 1, again, TERMS, new byte[1]);
    }

    @Test
    void a_master_commits_what_is_forwarded_and_answers_when_that_has_ended() {
        site.elect("b:1");
        site.from("b:1", forward(1, false));
        Effect.CommitForwarded commit = site.theOnly(Effect.CommitForwarded.class);
        assertThat(commit.from()).isEqualTo(B);
        site.in(new Input.ForwardedCommitEnded(B, commit.forward(), new ForwardAnswer.Done(START)));
        assertThat(site.sent(Message.Forwarded.class))
                .containsExactly(new Message.Forwarded(2, new ForwardId(SESSION, 1), new ForwardAnswer.Done(START)));
    }

    @Test
    void a_copy_of_a_write_that_is_under_way_waits_with_it() {
        site.elect("b:1");
        site.from("b:1", forward(1, false));
        Message.Forward forward = site.theOnly(Effect.CommitForwarded.class).forward();
        assertThat(site.from("b:1", forward(1, false)).effects(Effect.CommitForwarded.class))
                .isEmpty();
        site.in(new Input.ForwardedCommitEnded(B, forward, new ForwardAnswer.Done(START)));
        assertThat(site.sent(Message.Forwarded.class)).hasSize(1);
    }

    @Test
    void a_copy_of_a_write_that_was_refused_is_refused_too() {
        site.elect("b:1");
        site.from("b:1", forward(1, false));
        ForwardAnswer no = new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, "alone");
        site.in(new Input.ForwardedCommitEnded(
                B, site.theOnly(Effect.CommitForwarded.class).forward(), no));
        site.from("b:1", forward(1, false));
        assertThat(site.effects(Effect.CommitForwarded.class)).isEmpty();
        assertThat(site.sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(no);
    }

    @Test
    void a_late_copy_of_a_write_that_was_answered_is_not_taken_though_nothing_was_committed_since() {
        site.elect("b:1");
        ForwardAnswer no = new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, "alone");
        site.from("b:1", forward(1, false));
        site.in(new Input.ForwardedCommitEnded(
                B, site.theOnly(Effect.CommitForwarded.class).forward(), no));
        Message.Forward next = new Message.Forward(2, new ForwardId(SESSION, 2), 2, false, TERMS, new byte[1]);
        site.from("b:1", next);
        site.in(new Input.ForwardedCommitEnded(
                B, site.theOnly(Effect.CommitForwarded.class).forward(), no));
        assertThat(site.from("b:1", forward(1, false)).effects(Effect.CommitForwarded.class))
                .isEmpty();
        assertThat(site.sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.UnknownId(true));
    }

    @Test
    void what_a_mastership_turns_away_that_goes_on_is_not_certain_since_a_copy_may_come() {
        site.elect("b:1");
        site.from("b:1", forward(1, false));
        site.in(new Input.ForwardedCommitEnded(
                B, site.theOnly(Effect.CommitForwarded.class).forward(), new ForwardAnswer.NotMaster()));
        assertThat(site.sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.Lost());
    }

    @Test
    void only_the_mastership_named_takes_a_write() {
        Message.Forward early = forward(1, false);
        assertThat(site.from("b:1", early).sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.NotMaster());
        site.elect("b:1");
        assertThat(site.from("b:1", early).sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.NotMaster());
    }

    @Test
    void a_write_that_another_mastership_may_have_written_waits_until_this_one_is_permanent() {
        site.elect("b:1").stream("b:1");
        site.from("b:1", forward(1, true));
        assertThat(site.effects(Effect.CommitForwarded.class)).isEmpty();
        site.ack("b:1", 1, site.view().last().lsn());
        assertThat(site.theOnly(Effect.CommitForwarded.class).forward().id().number())
                .isEqualTo(1);
    }

    @Test
    void what_waits_is_turned_away_when_the_mastership_ends() {
        site.elect("b:1").stream("b:1");
        site.from("b:1", forward(1, true));
        site.from("c:1", new Message.Outdated(9));
        assertThat(site.sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.NotMaster());
    }

    @Test
    void a_session_that_skips_too_far_ahead_is_refused() {
        site.elect("b:1");
        site.from("b:1", forward(1_000, false));
        assertThat(site.sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .hasOnlyElementsOfType(ForwardAnswer.Refused.class);
    }

    @Test
    void a_master_without_the_setting_says_so() {
        site = ScriptedSite.withoutForwarding(START, "b:1", "c:1").connect("b:1", "c:1");
        site.elect("b:1");
        assertThat(site.from("b:1", new Message.OpenSession(2, 7)).sent(Message.SessionOpened.class))
                .containsExactly(new Message.SessionOpened(7, Optional.empty()));
        assertThat(site.from("b:1", forward(1, false)).sent(Message.Forwarded.class))
                .extracting(Message.Forwarded::answer)
                .containsExactly(new ForwardAnswer.NotServed());
    }

    @Test
    void every_session_has_an_id_of_its_own_even_for_one_site() {
        site.elect("b:1");
        UUID first = opened(1);
        assertThat(opened(2)).isNotEqualTo(first);
    }

    private UUID opened(long request) {
        site.from("b:1", new Message.OpenSession(2, request));
        return site.effects(Effect.OpenForwardSession.class).get(0).session();
    }
}
