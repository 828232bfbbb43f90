package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class LibertyNewerJdkIT extends SharedRocksDb {

    LibertyNewerJdkIT() {
        super(ServerKind.LIBERTY);
    }
}
