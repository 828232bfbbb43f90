package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.understudy.Role;
import org.understudy.Standing;
import org.understudy.event.LogFilling;
import org.understudy.event.LogFilling.Stage;

/** docs/protocol.md §3.3: what is not permanent stays in the log, so there can't be more of it than there is room for. */
class LogRoomTest {
    private ScriptedSite master;

    @BeforeEach
    void a_master_with_a_client_that_stores_up_to_40_of_100() {
        master = ScriptedSite.memberWith(new Standing(3, 10), "b:1", "c:1").connect("b:1", "c:1");
        master.elect("b:1", "c:1").stream("b:1");
        while (master.view().last().lsn() < 100) {
            master.commit();
        }
        master.ack("b:1", 1, 40);
        assertThat(master.view().permanentLsn()).isEqualTo(40);
    }

    private Stage asked(long warnLsn, long limitLsn) {
        master.in(new Input.AskRoom(warnLsn, limitLsn));
        return master.events(LogFilling.class).stream()
                .map(LogFilling::stage)
                .findFirst()
                .orElse(null);
    }

    @Test
    void with_room_for_what_is_not_permanent_nothing_happens() {
        assertThat(asked(41, 11)).isNull();
        assertThat(master.effects(Effect.RefuseCommits.class)).isEmpty();
    }

    @Test
    void three_quarters_of_the_room_are_told_once() {
        assertThat(asked(42, 12)).isEqualTo(Stage.NEARLY_FULL);
        assertThat(asked(50, 20)).isNull();
        assertThat(master.effects(Effect.RefuseCommits.class)).isEmpty();
    }

    @Test
    void a_full_log_takes_no_commit_and_that_is_told_once() {
        assertThat(asked(72, 42)).isEqualTo(Stage.FULL);
        assertThat(master.effects(Effect.RefuseCommits.class)).containsExactly(new Effect.RefuseCommits(40));
        assertThat(asked(72, 42)).isNull();
        assertThat(master.effects(Effect.RefuseCommits.class)).isEmpty();
    }

    @Test
    void commits_are_taken_again_once_a_majority_stores_enough() {
        asked(72, 42);
        master.ack("b:1", 1, 60);
        assertThat(asked(72, 42)).isNull();
        master.ack("b:1", 1, 71);
        assertThat(asked(72, 42)).isEqualTo(Stage.RELIEVED);
        assertThat(master.effects(Effect.AcceptCommits.class)).hasSize(1);
    }

    @Test
    void a_later_mastership_refuses_for_itself() {
        asked(72, 42);
        master.lose("b:1").lose("c:1").after(5_000);
        assertThat(master.view().role()).isEqualTo(Role.CLIENT);
        assertThat(asked(72, 42)).isNull();
        master.connect("b:1", "c:1").elect("b:1", "c:1");
        assertThat(master.view().role()).isEqualTo(Role.MASTER);
        assertThat(asked(72, 42)).isEqualTo(Stage.FULL);
        assertThat(master.effects(Effect.RefuseCommits.class)).hasSize(1);
    }
}
