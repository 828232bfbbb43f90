package org.understudy.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Standing;

class BeginningMastershipTest {

    /** Else start() could return, and the first commit be refused. */
    @Test
    void who_is_elected_is_ready_only_once_the_record_is_written_by_which_its_mastership_begins() {
        ScriptedSite site =
                ScriptedSite.memberWith(new Standing(1, 10), "b:1", "c:1").connect("b:1", "c:1");
        site.elect("b:1");
        assertThat(site.unreadyWhenElected().orElseThrow()).contains("has not begun");
        assertThat(site.view().unready()).isEmpty();
    }
}
