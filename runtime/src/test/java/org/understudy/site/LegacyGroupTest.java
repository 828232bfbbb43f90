package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.understudy.site.TestGroup.names;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.UnavailableException;
import org.understudy.event.ConnectionTryFailed;

/** Real sites that begin their group alike, each naming all. */
@Timeout(120)
class LegacyGroupTest {
    @TempDir
    Path folder;

    private static EnvironmentConfigBuilder legacy(EnvironmentConfigBuilder builder, List<String> sites) {
        return builder.groupCreator(false).bootstrapHelpers(List.of()).legacySites(sites);
    }

    private static Environment open(TestGroup group, int site, Integer... named) {
        List<String> sites = List.of(named).stream().map(group::name).toList();
        return group.open(site, builder -> legacy(builder, sites));
    }

    @Test
    void all_named_on_all_make_the_group_and_a_majority_goes_on_after_a_restart() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            CompletableFuture<Void> first = open(group, 0, 2, 1, 0).startAsync().toCompletableFuture();
            CompletableFuture<Void> second =
                    open(group, 1, 0, 1, 2).startAsync().toCompletableFuture();
            open(group, 2, 1, 2, 0).start();
            first.join();
            second.join();
            names(group.master()).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
            assertThat(TestGroup.fresh(group.client()).sites())
                    .extracting(SiteStatus::name)
                    .containsExactlyInAnyOrder(group.name(0), group.name(1), group.name(2));
            assertThat(TestGroup.fresh(group.client()).sites())
                    .filteredOn(SiteStatus::local)
                    .hasSize(1);
            group.stopAll();

            CompletableFuture<Void> again = open(group, 0, 0, 1, 2).startAsync().toCompletableFuture();
            open(group, 1, 0, 1, 2).start();
            again.join();
            names(group.master()).put("k", "two are enough now");
            assertThat(group.converged()).containsEntry("k", "two are enough now");
        }
    }

    @Test
    void without_one_of_them_there_is_no_group() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.set("join-timeout", "2s"))) {
            CompletableFuture<Void> first = open(group, 0, 0, 1, 2).startAsync().toCompletableFuture();
            assertThatExceptionOfType(UnavailableException.class)
                    .isThrownBy(open(group, 1, 0, 1, 2)::start)
                    .withMessageContaining("could not found its group, which needs all of")
                    .withMessageContaining(group.name(2));
            assertThat(first).failsWithin(TestGroup.PATIENCE);
        }
    }

    @Test
    void where_elections_are_off_the_application_appoints_the_first_master_too() {
        try (TestGroup group = new TestGroup(folder, 3, builder -> builder.elections(false))) {
            List<CompletableFuture<Void>> starting = IntStream.range(0, 3)
                    .mapToObj(site -> open(group, site, 0, 1, 2).startAsync().toCompletableFuture())
                    .toList();
            Environment chosen = group.site(1);
            chosen.becomeMaster();
            assertThat(chosen.role()).isEqualTo(Role.MASTER);
            starting.forEach(CompletableFuture::join);
            names(chosen).put("k", "v");
            assertThat(group.converged()).containsEntry("k", "v");
        }
    }

    @Test
    void sites_that_name_others_refuse_each_other() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            open(group, 0, 0, 1).startAsync();
            open(group, 1, 0, 1, 2).startAsync();
            String one =
                    TestGroup.fresh(group.site(0)).local().group().orElseThrow().toString();
            String other =
                    TestGroup.fresh(group.site(1)).local().group().orElseThrow().toString();
            await().atMost(TestGroup.PATIENCE)
                    .untilAsserted(() -> assertThat(group.events(0, ConnectionTryFailed.class))
                            .anySatisfy(event -> assertThat(event.reason()).contains(one, other, "legacy-sites")));
        }
    }
}
