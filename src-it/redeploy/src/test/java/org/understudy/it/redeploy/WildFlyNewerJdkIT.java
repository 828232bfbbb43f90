package org.understudy.it.redeploy;

import org.junit.jupiter.api.Test;
import org.understudy.it.server.ServerKind;

class WildFlyNewerJdkIT extends SharedRocksDb {

    WildFlyNewerJdkIT() {
        super(ServerKind.WILDFLY);
    }

    /** What the others have only without, as theirs is there for whoever is deployed. */
    @Test
    void five_deployments_with_RocksDB_of_their_own_leave_nothing_but_their_data() {
        redeployWithRocksDb(Traces.of(server, folder).nativeThreads());
    }
}
