package org.understudy.it;

import static org.awaitility.Awaitility.await;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.understudy.it.support.Check;
import org.understudy.it.support.Http.Answer;

/**
 * Tests of the application, which is deployed once for all of a class: as a site whose home is new, and whose group is
 * the {@link Neighbour}'s to make.
 */
abstract class ApplicationTest extends ServerTest {

    static final String APPLICATION = "application";

    @Deployment(name = APPLICATION, testable = false)
    static WebArchive application() {
        return war();
    }

    /** The other site of the group. */
    static Neighbour neighbour() {
        return FreshGroup.neighbour();
    }

    /** Has the group complete: the neighbour its master, the application a client that is up to date. */
    static void assemble() {
        neighbour().open();
        await().atMost(PATIENCE).until(() -> site().contains("\"master\""));
        if (site().contains("\"MASTER\"")) {
            application("site/transfer/" + Neighbour.SITE).text();
        }
        await().atMost(PATIENCE).until(() -> {
            application("site/synchronize");
            return neighbour().isMaster() && site().contains("\"ready\":true");
        });
    }

    static Check ready() {
        return Check.of(SERVER.health().get("ready").body(), "understudy-readiness");
    }

    static String site() {
        return SERVER.application().get("site").text();
    }

    static Answer application(String order) {
        return SERVER.application().post(order, "");
    }
}
