package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.JoinFailure;
import org.understudy.event.NewMaster;
import org.understudy.event.RolledBack;
import org.understudy.event.WouldRollback;
import org.understudy.log.GenerationHistory;
import org.understudy.log.Mastership;

/** docs/protocol.md §5: what a client does with its data only once its application agrees. */
class ConsentTest {
    private static final Standing LOG = new Standing(3, 10);
    private static final UUID MASTERSHIP = new UUID(4, 9);
    private static final SyncSettings DELAYED =
            new SyncSettings(1 << 20, 1 << 16, true, true, true, Long.MAX_VALUE, List.of());
    private static final SyncSettings NO_ROLLBACK =
            new SyncSettings(1 << 20, 1 << 16, false, true, false, Long.MAX_VALUE, List.of());
    private static final SyncSettings AT_MOST_ONE = new SyncSettings(1 << 20, 1 << 16, false, true, true, 1, List.of());
    private static final SyncSettings NO_INIT =
            new SyncSettings(1 << 20, 1 << 16, false, false, true, Long.MAX_VALUE, List.of());

    private ScriptedSite site;

    /** A member that hears b, which is master of generation 4. */
    private void follows(SyncSettings sync) {
        site = ScriptedSite.memberThat(sync, LOG, "b:1", "c:1").connect("b:1", "c:1");
        site.from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
    }

    private ScriptedSite answer(long match, long logStart, long stream) {
        long request = site.sent(Message.VerifyRequest.class).get(0).request();
        GenerationHistory history = site.view().history().upTo(match).with(new Mastership(4, MASTERSHIP, match + 1));
        return site.from(
                "b:1", new Message.VerifyAnswer(request, 4, MASTERSHIP, history, match, logStart, 12, match, stream));
    }

    @Test
    void S55_a_delayed_client_waits_through_new_masters_until_it_is_told_to_synchronize() {
        follows(DELAYED);
        assertThat(site.events(NewMaster.class)).hasSize(1);
        assertThat(site.sent(Message.VerifyRequest.class)).isEmpty();
        assertThat(site.view().phase()).isEqualTo(SyncPhase.WAIT);
        assertThat(site.view().unready().orElseThrow()).contains("synchronize()");
        site.from("c:1", ScriptedSite.heartbeatOfMaster(5, LOG));
        assertThat(site.events(NewMaster.class)).hasSize(1);
        assertThat(site.sent(Message.VerifyRequest.class)).isEmpty();
        site.in(new Input.Allow(7, Hold.SYNCHRONISATION));
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
        assertThat(site.effects).contains(new Effect.CommandEnded(7, new Effect.Result.Done()));
        assertThat(site.view().unready().orElseThrow()).doesNotContain("synchronize()");
    }

    @Test
    void a_delayed_client_goes_on_by_itself_when_it_meets_the_same_master_again() {
        follows(DELAYED);
        site.in(new Input.Allow(7, Hold.SYNCHRONISATION));
        site.lose("b:1").connect("b:1").from("b:1", ScriptedSite.heartbeatOfMaster(4, LOG));
        assertThat(site.sent(Message.VerifyRequest.class)).hasSize(1);
    }

    @Test
    void without_a_master_there_is_nothing_to_synchronize_with() {
        site = ScriptedSite.memberThat(DELAYED, LOG, "b:1", "c:1");
        site.in(new Input.Allow(7, Hold.SYNCHRONISATION));
        assertThat(site.effects(Effect.CommandEnded.class))
                .extracting(ended -> ended.result().getClass().getSimpleName())
                .containsExactly("Unavailable");
    }

    @Test
    void S52_nothing_is_undone_unasked_where_auto_rollback_is_off() {
        follows(NO_ROLLBACK);
        answer(8, 1, 0);
        assertThat(site.effects(Effect.Rollback.class)).isEmpty();
        assertThat(site.events(WouldRollback.class))
                .extracting(WouldRollback::fromLsn, WouldRollback::toLsn)
                .containsExactly(tuple(9L, 10L));
        assertThat(site.view().phase()).isEqualTo(SyncPhase.WAIT);
        assertThat(site.view().unready().orElseThrow()).contains("9 to 10", "allowRollback()");
        assertThat(site.view().last()).isEqualTo(LOG);
    }

    @Test
    void S52_what_the_application_was_told_of_is_undone_once_it_agrees() {
        follows(NO_ROLLBACK);
        answer(8, 1, 0);
        site.in(new Input.Allow(7, Hold.ROLLBACK));
        answer(8, 1, 0);
        assertThat(site.events(WouldRollback.class)).isEmpty();
        assertThat(site.effects(Effect.Rollback.class))
                .extracting(Effect.Rollback::matchPoint)
                .containsExactly(new Standing(3, 8));
        site.in(new Input.RollbackDone(
                new Standing(3, 8), site.view().history(), site.view().members(), List.of()));
        assertThat(site.events(RolledBack.class)).hasSize(1);
    }

    @Test
    void an_agreement_goes_no_further_back_than_what_was_told() {
        follows(NO_ROLLBACK);
        answer(8, 1, 0);
        site.in(new Input.Allow(7, Hold.ROLLBACK));
        answer(6, 1, 0);
        assertThat(site.effects(Effect.Rollback.class)).isEmpty();
        assertThat(site.events(WouldRollback.class))
                .extracting(WouldRollback::fromLsn)
                .containsExactly(7L);
    }

    @Test
    void nothing_can_be_allowed_that_nobody_waits_for() {
        follows(NO_ROLLBACK);
        site.in(new Input.Allow(7, Hold.ROLLBACK));
        assertThat(site.effects(Effect.CommandEnded.class))
                .extracting(ended -> ended.result().getClass().getSimpleName())
                .containsExactly("Refused");
    }

    @Test
    void more_than_the_rollback_limit_is_not_undone_unasked() {
        follows(AT_MOST_ONE);
        answer(8, 1, 0);
        assertThat(site.effects(Effect.Rollback.class)).isEmpty();
        assertThat(site.view().unready().orElseThrow()).contains("rollback-limit");
    }

    @Test
    void what_lies_within_the_rollback_limit_is_undone() {
        follows(AT_MOST_ONE);
        answer(9, 1, 0);
        assertThat(site.effects(Effect.Rollback.class)).hasSize(1);
    }

    @Test
    void S46_a_site_that_would_need_a_whole_copy_says_what_to_restore_and_touches_nothing() {
        follows(NO_INIT);
        answer(10, 50, 0);
        assertThat(site.effects(Effect.FetchCheckpoint.class)).isEmpty();
        assertThat(site.events(JoinFailure.class))
                .extracting(JoinFailure::reason)
                .allMatch(reason -> reason.contains("auto-init") && reason.contains("49"));
        assertThat(site.view().hold()).isEqualTo(Hold.INITIALISATION);
        assertThat(site.view().last()).isEqualTo(LOG);
    }
}
