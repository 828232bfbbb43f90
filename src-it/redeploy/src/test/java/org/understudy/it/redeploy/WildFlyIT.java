package org.understudy.it.redeploy;

import org.understudy.it.server.ServerKind;

class WildFlyIT extends OneFullServer {

    WildFlyIT() {
        super(ServerKind.WILDFLY);
    }
}
