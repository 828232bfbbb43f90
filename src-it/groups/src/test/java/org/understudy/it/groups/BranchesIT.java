package org.understudy.it.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.understudy.it.server.Server;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Distributions;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Http;

/** The application's database calls as branches of a server's own transactions ({@code understudy.jta=xa}), on each server. */
class BranchesIT {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void branches_are_prepared_and_decided_with_the_other_resources(ServerKind kind) {
        String site = Server.ADDRESS + ":" + FreePorts.find(1).get(0);
        try (Server server = kind.in(folder)) {
            server.with("understudy.home", folder.resolve("home").toString())
                    .with("understudy.local-site", site)
                    .with("understudy.group-creator", "true")
                    .with("understudy.bootstrap-helpers", site)
                    .with("understudy.jta", "xa");
            server.deploy("application", Distributions.application());
            server.start();
            Http branches = server.application("application/api/branches");

            assertThat(branches.post("a/commit", "").text()).isEqualTo("promised 1, others committed 2");
            assertThat(branches.get("a").text()).isEqualTo("1 0");
            assertThat(branches.post("b/refuse", "").text()).isEqualTo("rolled back");
            assertThat(branches.get("b").text()).isEqualTo("nothing 0");
            assertThat(branches.post("c/conflict", "").text()).isEqualTo("rolled back");
            assertThat(branches.get("c").text()).isEqualTo("another 0");
        }
    }
}
