package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class PayaraNewerJdkIT extends SharedRocksDb {

    PayaraNewerJdkIT() {
        super(ServerKind.PAYARA);
    }
}
