package org.understudy.it;

import java.lang.annotation.Annotation;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ContainerRegistry;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** Gives tests the server of this run as Arquillian's {@link Container}, to stop it and to start it again. */
public class ServerAccess implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.service(ResourceProvider.class, Provider.class);
    }

    /** Looks it up. */
    public static class Provider implements ResourceProvider {

        @Inject
        private Instance<ContainerRegistry> containers;

        @Override
        public boolean canProvide(Class<?> type) {
            return type == Container.class;
        }

        @Override
        public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
            return containers.get().getContainer(Server.current().qualifier());
        }
    }
}
