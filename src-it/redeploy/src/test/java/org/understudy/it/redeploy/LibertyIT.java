package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class LibertyIT extends OneFullServer {

    LibertyIT() {
        super(ServerKind.LIBERTY);
    }
}
