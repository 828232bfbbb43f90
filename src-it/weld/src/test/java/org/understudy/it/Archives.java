package org.understudy.it;

import io.smallrye.health.AsyncHealthCheckFactory;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.health.registry.HealthRegistryImpl;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Applications to deploy. */
final class Archives {

    private Archives() {}

    /** An application of some beans, with its configuration, and with what answers for MicroProfile Health. */
    static JavaArchive of(Settings settings, Class<?>... beans) {
        return ShrinkWrap.create(JavaArchive.class)
                .addClasses(beans)
                .addClasses(SmallRyeHealthReporter.class, AsyncHealthCheckFactory.class, HealthRegistryImpl.class)
                .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsManifestResource(new StringAsset(settings.toString()), "microprofile-config.properties");
    }
}
