package org.understudy.it.redeploy;

import java.util.Optional;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Jdk;

class LibertyNewerJdkIT extends OneServer {

    LibertyNewerJdkIT() {
        super(ServerKind.LIBERTY);
    }

    @Override
    Optional<Jdk> jdk() {
        return Jdk.newer();
    }
}
