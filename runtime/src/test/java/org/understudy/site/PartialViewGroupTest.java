package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.DatabaseNotHeldException;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;

/** S72 with real sites: a partial view that begins with the log, and one that begins with a whole copy. */
class PartialViewGroupTest {
    @TempDir
    private Path folder;

    private static Database<String, String> database(Environment environment, String name) {
        return environment.database(name, Codecs.STRING, Codecs.STRING);
    }

    private static void awaitHolds(Environment view, Environment master, String... names) {
        await().atMost(TestGroup.PATIENCE)
                .until(() -> view.status().local().appliedLsn()
                        == TestGroup.fresh(master).local().standing().lsn());
        assertThat(view.databaseNames()).containsExactly(names);
        for (String name : names) {
            assertThat(database(view, name).get("k"))
                    .isEqualTo(database(master, name).get("k"));
        }
    }

    @Test
    void S72_a_partial_view_holds_what_its_filter_accepts_whichever_way_it_comes() {
        try (TestGroup group = new TestGroup(
                folder, 2, builder -> builder.segmentSizeBytes(64 << 10).logRetentionBytes(0))) {
            group.start(0);
            Environment master = group.master();
            database(master, "public-one").put("k", "1");
            database(master, "secret").put("k", "2");
            EnvironmentConfig config = group.config(1)
                    .view(true)
                    .viewDatabases(List.of("public-*"))
                    .build();
            try (Environment view = Environment.open(config)) {
                view.start();
                awaitHolds(view, master, "public-one");
                database(master, "public-two").put("k", "3");
                database(master, "secret-two").put("k", "4");
                awaitHolds(view, master, "public-one", "public-two");
                assertThatExceptionOfType(DatabaseNotHeldException.class)
                        .isThrownBy(() -> database(view, "secret").get("k"));
            }
            try (Environment view = Environment.open(config)) {
                view.start();
                awaitHolds(view, master, "public-one", "public-two");
            }
            master.removeSite(group.name(1));
            while (master.status().log().startLsn() == 1) {
                database(master, "secret").put("k", "v".repeat(4000));
            }
            EnvironmentConfig late = config.toBuilder()
                    .set("home", folder.resolve("late").toString())
                    .build();
            try (Environment view = Environment.open(late)) {
                view.start();
                assertThat(TestGroup.fresh(view).transfer().initialisations()).isEqualTo(1);
                awaitHolds(view, master, "public-one", "public-two");
                database(master, "public-two").put("k", "5");
                awaitHolds(view, master, "public-one", "public-two");
            }
        }
    }

    @Test
    void a_partial_view_is_no_source_and_who_asks_it_turns_to_the_master() {
        try (TestGroup group = new TestGroup(folder, 4, builder -> builder.segmentSizeBytes(64 << 10)
                .logRetentionBytes(0)
                .logRetentionMaxBytes(1 << 20))) {
            group.start(0);
            group.start(3);
            Environment master = group.master();
            EnvironmentConfig partial = group.config(1)
                    .view(true)
                    .viewDatabases(List.of("public-*"))
                    .build();
            try (Environment view = Environment.open(partial)) {
                view.start();
                EnvironmentConfig askingTheView =
                        group.config(2).set("peers", group.name(1)).build();
                try (Environment member = Environment.open(askingTheView)) {
                    member.start();
                }
                while (master.status().log().startLsn() == 1) {
                    database(master, "secret").put("k", "v".repeat(4000));
                }
                awaitHolds(view, master);
                try (Environment back = Environment.open(askingTheView)) {
                    back.start();
                    assertThat(TestGroup.fresh(back).transfer().initialisations())
                            .isEqualTo(1);
                    awaitHolds(back, master, "secret");
                }
            }
        }
    }
}
