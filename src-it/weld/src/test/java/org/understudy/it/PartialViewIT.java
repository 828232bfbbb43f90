package org.understudy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.DatabaseFilter;
import org.understudy.DatabaseNotHeldException;
import org.understudy.Environment;
import org.understudy.cdi.DatabaseName;

/** An application that is a view, and whose own bean chooses what the view holds. */
@ExtendWith(ArquillianExtension.class)
class PartialViewIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SITES = Settings.freeSites(2);

    /** What the application lets its view hold. */
    @ApplicationScoped
    static class PublicOnly implements DatabaseFilter {

        @Override
        public boolean accepts(String database) {
            return database.startsWith("public-");
        }
    }

    @Inject
    Environment view;

    @Inject
    @DatabaseName("public-names")
    Database<String, String> names;

    @Inject
    @DatabaseName("secrets")
    Database<String, String> secrets;

    @Deployment
    static JavaArchive application() {
        return Archives.of(
                Settings.joining(SITES.get(0), SITES.get(1)).with("understudy.view", "true"), PublicOnly.class);
    }

    @Test
    void a_view_holds_what_the_bean_of_the_application_lets_it_hold() {
        try (Environment master = Environment.open(Settings.creator(SITES.get(1)))) {
            master.start();
            master.database("secrets", Codecs.STRING, Codecs.STRING).put("k", "kept from views");
            master.database("public-names", Codecs.STRING, Codecs.STRING).put("k", "for everybody");
            await().atMost(PATIENCE).until(() -> names.get("k").isPresent());
            assertThat(names.get("k")).contains("for everybody");
            assertThat(view.databaseNames()).containsExactly("public-names");
            assertThatThrownBy(() -> secrets.get("k"))
                    .isInstanceOf(DatabaseNotHeldException.class)
                    .hasMessageContaining("secrets");
        }
    }
}
