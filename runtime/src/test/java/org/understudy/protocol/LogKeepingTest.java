package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.protocol.ScriptedSite.heartbeatOfMaster;

import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;
import org.understudy.SyncPhase;
import org.understudy.event.SiteFallingBehind;
import org.understudy.event.SiteFallingBehind.Limit;

/** docs/protocol.md §3.3: for whom the log is kept, how long, and how much of it at most. */
class LogKeepingTest {
    private static final long SECOND = 1_000_000;
    private static final long NO_PIN = Long.MAX_VALUE;

    private ScriptedSite master;

    @BeforeEach
    void a_master_with_two_clients_and_a_hundred_records() {
        master = ScriptedSite.memberWith(new Standing(3, 10), "b:1", "c:1").connect("b:1", "c:1");
        master.elect("b:1", "c:1").stream("b:1").stream("c:1");
        while (master.view().last().lsn() < 100) {
            master.commit();
        }
        master.ack("b:1", 1, 100);
        master.ack("c:1", 2, 40);
        assertThat(master.view().permanentLsn()).isEqualTo(100);
    }

    private Optional<Long> trimmed(long kept, long warn, long limit, long pinned) {
        master.in(new Input.AskTrim(kept, warn, limit, pinned, 10 * SECOND));
        return master.effects(Effect.Trim.class).stream()
                .map(Effect.Trim::keepFromLsn)
                .findFirst();
    }

    @Test
    void S58_what_a_connected_site_lacks_is_kept() {
        assertThat(trimmed(90, 1, 1, NO_PIN)).contains(41L);
    }

    @Test
    void what_nobody_lacks_is_kept_up_to_the_retention() {
        master.ack("c:1", 2, 100);
        assertThat(trimmed(90, 1, 1, NO_PIN)).contains(90L);
    }

    @Test
    void records_that_are_not_permanent_are_kept_whatever_the_limits() {
        master.commit();
        assertThat(trimmed(102, 102, 102, NO_PIN)).contains(101L);
    }

    @Test
    void S49_what_follows_a_checkpoint_in_use_is_kept() {
        assertThat(trimmed(90, 1, 1, 21)).contains(21L);
    }

    @Test
    void a_log_never_outgrows_its_limit_for_a_site_that_lags() {
        assertThat(trimmed(90, 1, 60, NO_PIN)).contains(60L);
    }

    @Test
    void S58_what_a_site_lacks_that_is_away_is_kept_for_a_time() {
        ScriptedSite client = clientOfB(30);
        client.lose("c:1").after(9_000);
        assertThat(client.in(question(90)).effects(Effect.Trim.class)).containsExactly(new Effect.Trim(31));
        client.after(2_000);
        assertThat(client.in(question(90)).effects(Effect.Trim.class)).containsExactly(new Effect.Trim(90));
    }

    @Test
    void before_a_site_falls_off_by_size_it_is_told_once() {
        trimmed(90, 50, 1, NO_PIN);
        assertThat(master.events(SiteFallingBehind.class)).singleElement().satisfies(event -> {
            assertThat(event.site()).isEqualTo("c:1");
            assertThat(event.neededLsn()).isEqualTo(41);
            assertThat(event.limit()).isEqualTo(Limit.SIZE);
        });
        assertThat(isFallingBehind("c:1")).isTrue();
        trimmed(90, 50, 1, NO_PIN);
        assertThat(master.events(SiteFallingBehind.class)).isEmpty();
        master.ack("c:1", 2, 100);
        trimmed(90, 50, 1, NO_PIN);
        assertThat(isFallingBehind("c:1")).isFalse();
    }

    @Test
    void before_a_site_falls_off_by_time_it_is_told() {
        ScriptedSite client = clientOfB(30);
        client.lose("c:1").after(8_000).in(question(90));
        assertThat(client.events(SiteFallingBehind.class))
                .extracting(SiteFallingBehind::limit)
                .containsExactly(Limit.TIME);
    }

    @Test
    void a_site_that_lacks_nothing_is_not_called_behind() {
        ScriptedSite client = clientOfB(100);
        client.lose("c:1").after(8_000).in(new Input.AskTrim(101, 101, 1, NO_PIN, 10 * SECOND));
        assertThat(client.events(SiteFallingBehind.class)).isEmpty();
    }

    @Test
    void a_site_that_fell_off_holds_nothing_up_until_it_is_back() {
        master.in(new Input.Trimmed(60));
        master.lose("c:1");
        assertThat(trimmed(90, 1, 1, NO_PIN)).contains(90L);
        assertThat(master.events(SiteFallingBehind.class)).isEmpty();
        master.connect("c:1"); // it takes a whole copy now, which is of LSN 59 or later
        assertThat(trimmed(90, 1, 1, NO_PIN)).isEmpty();
    }

    @Test
    void of_a_site_never_heard_everything_is_kept_for_the_time() {
        ScriptedSite fresh = ScriptedSite.memberOf(
                new Standing(3, 100),
                100,
                ScriptedSite.member(1, ScriptedSite.SELF, 100),
                ScriptedSite.member(2, "b:1", 100));
        assertThat(fresh.in(question(90)).effects(Effect.Trim.class)).isEmpty();
        fresh.after(11_000).in(question(90));
        assertThat(fresh.effects(Effect.Trim.class)).containsExactly(new Effect.Trim(90));
    }

    @Test
    void a_client_keeps_for_the_others_what_they_do_not_call_permanent() {
        ScriptedSite client = clientOfB(30).in(question(90));
        assertThat(client.effects(Effect.Trim.class)).containsExactly(new Effect.Trim(31));
    }

    /** A client of b, whose log ends at LSN 100, all of it permanent, and who knows how much is permanent at c. */
    private static ScriptedSite clientOfB(long permanentAtC) {
        Standing last = new Standing(3, 100);
        ScriptedSite client = ScriptedSite.memberOf(
                last,
                100,
                ScriptedSite.member(1, ScriptedSite.SELF, 100),
                ScriptedSite.member(2, "b:1", 100),
                ScriptedSite.member(3, "c:1", 100));
        client.connect("b:1", "c:1").from("b:1", heartbeatOfMaster(3, last, 100));
        client.from("c:1", new Message.Heartbeat(1, 3, false, last, permanentAtC, 0, SyncPhase.NONE));
        return client.in(question(1));
    }

    private static Input.AskTrim question(long kept) {
        return new Input.AskTrim(kept, 1, 1, NO_PIN, 10 * SECOND);
    }

    private boolean isFallingBehind(String site) {
        return master.view().peers().stream().anyMatch(peer -> peer.name().equals(site) && peer.fallingBehind());
    }
}
