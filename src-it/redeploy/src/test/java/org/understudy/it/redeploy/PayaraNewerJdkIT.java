package org.understudy.it.redeploy;

import java.util.Optional;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Jdk;

class PayaraNewerJdkIT extends OneServer {

    PayaraNewerJdkIT() {
        super(ServerKind.PAYARA);
    }

    @Override
    Optional<Jdk> jdk() {
        return Jdk.newer();
    }
}
