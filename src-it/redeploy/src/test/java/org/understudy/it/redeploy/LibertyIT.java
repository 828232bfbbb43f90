package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class LibertyIT extends EnterpriseApplications {

    LibertyIT() {
        super(ServerKind.LIBERTY);
    }
}
