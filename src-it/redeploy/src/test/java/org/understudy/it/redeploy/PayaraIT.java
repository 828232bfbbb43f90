package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class PayaraIT extends SeveralApplications {

    PayaraIT() {
        super(ServerKind.PAYARA);
    }
}
