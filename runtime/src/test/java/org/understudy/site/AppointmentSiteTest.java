package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.Role;
import org.understudy.UnavailableException;

/** The application says who is master of real sites. */
@Timeout(120)
class AppointmentSiteTest {
    @TempDir
    Path folder;

    @Test
    void S06_the_application_appoints_where_elections_are_off() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.elections(false))) {
            group.startAll();
            Environment first = group.master();
            Environment second = group.client();
            first.becomeClient();
            assertThat(first.role()).isEqualTo(Role.CLIENT);
            second.becomeMaster();
            assertThat(second.role()).isEqualTo(Role.MASTER);
            names(second).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
            first.becomeMaster();
            assertThat(first.role()).isEqualTo(Role.MASTER);
            await().atMost(TestGroup.PATIENCE).until(() -> second.role() == Role.CLIENT);
        }
    }

    @Test
    void S06_with_elections_on_it_is_refused_and_says_what_to_do() {
        try (TestGroup group = new TestGroup(folder, 2)) {
            group.startAll();
            Environment client = group.client();
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(client::becomeMaster)
                    .withMessageContaining("transferMastership");
        }
    }

    @Test
    void a_group_that_starts_without_elections_waits_for_the_application() {
        try (TestGroup group = new TestGroup(folder, 2, builder -> builder.elections(false))) {
            group.startAll();
            names(group.master()).put("k", "v");
            group.converged();
            group.close(0);
            group.close(1);
            Environment one = group.start(0);
            Environment other = group.start(1);
            assertThat(one.role()).isEqualTo(Role.CLIENT);
            assertThat(other.role()).isEqualTo(Role.CLIENT);
            other.becomeMaster();
            assertThat(other.role()).isEqualTo(Role.MASTER);
            names(other).put("k", "w");
            assertThat(group.converged()).containsEntry("k", "w");
        }
    }
}
