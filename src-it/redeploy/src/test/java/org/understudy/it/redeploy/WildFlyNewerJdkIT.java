package org.understudy.it.redeploy;

import java.util.Optional;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Jdk;

class WildFlyNewerJdkIT extends OneServer {

    WildFlyNewerJdkIT() {
        super(ServerKind.WILDFLY);
    }

    @Override
    Optional<Jdk> jdk() {
        return Jdk.newer();
    }
}
