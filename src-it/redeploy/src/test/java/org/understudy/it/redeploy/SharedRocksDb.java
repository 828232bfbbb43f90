package org.understudy.it.redeploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Jdk;

/** A server on the newer JDK that has RocksDB once for all of its applications. */
abstract class SharedRocksDb extends OneServer {

    private static final String NAME = "org.rocksdb";

    SharedRocksDb(ServerKind kind) {
        super(kind);
    }

    @Override
    final Optional<Jdk> jdk() {
        return Jdk.newer();
    }

    @Override
    final void prepare() {
        server.withLibrary(NAME, Wars.rocksDb(server.folder()));
    }

    @Test
    void five_deployments_without_RocksDB_leave_no_copy_of_it_and_take_none_of_its_threads_from_another_application() {
        Deployment stays = without("stays");
        Deployment comesAndGoes = without("comes-and-goes");
        stays.deploy();
        stays.put("k", "before");
        Traces before = Traces.of(server, home("stays"));
        redeploy(comesAndGoes);
        awaitGone(comesAndGoes, home("comes-and-goes"), traces -> {
            assertThat(traces.loaders()).as("class loaders: %s", traces).isLessThanOrEqualTo(1 + LAST);
            assertThat(traces.libraries()).as("copies of the native library").isEqualTo(before.libraries());
            assertThat(traces.nativeThreads()).as("native threads").isNotZero();
        });
        stays.put("l", "after");
        assertThat(stays.get("entries").lines()).containsExactly("k=before", "l=after");
        stays.undeploy();
        awaitGone(stays, home("stays"), traces -> {
            // Of both: one that runs begins some of its threads late.
            assertThat(traces.loaders()).as("class loaders: %s", traces).isLessThanOrEqualTo(LAST);
            assertThat(traces.threads()).as("threads").isEmpty();
        });
    }

    private Deployment without(String name) {
        Deployment whole = Deployment.of(server, name, home(name), port());
        return new Deployment(server, name, Wars.onShared(NAME, whole.war()));
    }
}
