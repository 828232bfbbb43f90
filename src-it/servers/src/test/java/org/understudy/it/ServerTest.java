package org.understudy.it;

import java.time.Duration;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.understudy.it.support.Distributions;

/** Tests from outside the server of this run. */
@ExtendWith({FreshGroup.class, ArquillianExtension.class})
@RunAsClient
abstract class ServerTest {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Server SERVER = Server.current();

    /** The application, as every server gets it. */
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(
                WebArchive.class, Distributions.application().toFile());
    }
}
