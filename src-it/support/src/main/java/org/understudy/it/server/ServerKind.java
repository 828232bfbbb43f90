package org.understudy.it.server;

import java.nio.file.Path;

/** The application servers there are. */
public enum ServerKind {
    /** WildFly, with the profile that has MicroProfile. */
    WILDFLY,
    /** Open Liberty. */
    LIBERTY,
    /** Payara Micro. */
    PAYARA;

    /** A server of this kind with its files in a folder of its own; it does not run yet. */
    public Server in(Path folder) {
        return switch (this) {
            case WILDFLY -> new WildFly(folder);
            case LIBERTY -> new Liberty(folder);
            case PAYARA -> new PayaraMicro(folder);
        };
    }
}
