package org.understudy.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.understudy.it.server.DeploymentFailedException;
import org.understudy.it.server.ServerKind;

/** Several applications on one server. */
abstract class SeveralApplications extends OneServer {

    SeveralApplications(ServerKind kind) {
        super(kind);
    }

    @Test
    void five_deployments_one_after_the_other_leave_nothing_but_their_data() {
        redeployWithRocksDb(0);
    }

    @Test
    void a_deployment_whose_second_home_is_unusable_fails_with_the_reason_and_gives_its_first_home_and_port_back()
            throws IOException {
        Path home = home("half");
        int port = port();
        Path file = Files.createFile(folder.resolve("in-the-place-of-a-home"));
        List<String> second = List.of("understudy.environments=ledger,bad", "understudy.environment.bad.home=" + file);
        Path war = server.folder().resolve("wars").resolve("failing.war");
        List<String> settings = Stream.concat(Deployment.settings(home, port).stream(), second.stream())
                .toList();
        assertThatExceptionOfType(DeploymentFailedException.class)
                .isThrownBy(() -> server.deploy("failing", Wars.with(war, settings)));
        assertThat(Files.readString(server.log())).contains("creating " + file + " failed");
        Deployment repaired = Deployment.of(server, "repaired", home, port);
        repaired.deploy();
        repaired.put("k", "v");
        repaired.undeploy();
    }

    @Test
    void two_applications_have_an_environment_each_and_one_goes_on_without_the_other() {
        Deployment one = Deployment.of(server, "one", home("one"), port());
        Deployment other = Deployment.of(server, "other", home("other"), port());
        one.deploy();
        other.deploy();
        one.put("k", "of one");
        other.put("k", "of the other");
        assertThat(one.get("entries/k")).isEqualTo("of one");
        one.undeploy();
        other.put("l", "alone");
        assertThat(other.get("entries").lines()).containsExactly("k=of the other", "l=alone");
        other.undeploy();
    }

    @Test
    void S80_two_applications_with_one_home_are_one_site_and_the_second_takes_over_from_the_first() {
        int port = port();
        Deployment first = Deployment.of(server, "first", home("shared"), port);
        Deployment second = Deployment.of(server, "second", home("shared"), port);
        first.deploy();
        second.deploy();
        first.put("k", "of the first");
        second.put("l", "of the second");
        assertThat(first.get("entries")).isEqualTo(second.get("entries"));
        first.undeploy();
        second.put("m", "without the first");
        assertThat(second.get("entries").lines())
                .containsExactly("k=of the first", "l=of the second", "m=without the first");
        assertThat(second.get("site")).contains("\"role\":\"MASTER\"");
        first.deploy();
        assertThat(first.get("entries").lines()).hasSize(3);
        second.undeploy();
        first.put("n", "without the second");
        first.undeploy();
    }
}
