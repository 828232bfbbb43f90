package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class PayaraIT extends OneServer {

    PayaraIT() {
        super(ServerKind.PAYARA);
    }
}
