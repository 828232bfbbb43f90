package org.understudy.sample.server;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.understudy.sample.common.Background;

/** Hands over what the server brings along. */
@ApplicationScoped
class Plumbing {

    /** Looked up, not injected as a resource: while it deploys, Payara Micro has not bound what such fields refer to. */
    @Produces
    @Background
    ThreadFactory threads() throws NamingException {
        return InitialContext.doLookup("java:comp/DefaultManagedThreadFactory");
    }
}
