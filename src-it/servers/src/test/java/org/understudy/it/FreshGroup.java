package org.understudy.it;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives each class of tests a group of its own: before its application is deployed, nothing of an earlier one is left, and
 * after that has been undeployed its neighbour is closed.
 */
final class FreshGroup implements BeforeAllCallback, AfterAllCallback {

    private static Optional<Neighbour> neighbour = Optional.empty();

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        for (String home : new String[] {"home", "home-ledger", "neighbour"}) {
            Folders.delete(Server.folder().resolve(home));
        }
        neighbour = Optional.of(new Neighbour(Server.folder().resolve("neighbour")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Server.current().awaitUndeployed();
        neighbour.ifPresent(Neighbour::close);
    }

    /** The other site of the group, which is not open yet. */
    static Neighbour neighbour() {
        return neighbour.orElseThrow();
    }
}
