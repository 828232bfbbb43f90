package org.understudy.it.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Jdk;

/** A WildFly, an Open Liberty and a Payara Micro as one group, on the newest JDK there is: each is master and is killed. */
class MixedGroupIT {

    /** What the servers say is kept if the test fails. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private ServerGroup group;
    private SerialWriters writers;

    @BeforeEach
    void prepare() {
        group = new ServerGroup(folder, Jdk.newer().orElseGet(Jdk::running), List.of(ServerKind.values()));
        writers = new SerialWriters(group.sites());
    }

    @AfterEach
    void end() {
        group.close();
        writers.stop();
    }

    @Test
    void each_kind_of_server_is_master_once_and_is_killed() {
        group.start(group.sites());
        group.awaitReady(group.sites());
        writers.start();
        Site master = group.awaitMaster(1);
        for (Site victim : group.sites()) {
            if (victim != master) {
                master.handOver(victim);
            }
            assertThat(victim.isMaster()).as("%s is master", victim).isTrue();
            master = group.killMaster(victim, writers);
            group.start(List.of(victim));
            group.awaitReady(group.sites());
        }
        Site last = group.sites().get(2);
        master.handOver(last);
        group.stopMaster(last, writers);
        group.judge(writers, group.without(last));
    }
}
