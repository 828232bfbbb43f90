package org.understudy.it.application.start;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import org.understudy.Database;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.EnvironmentName;

/** Uses an environment as early as an EJB can: while the application starts. */
@Singleton
@Startup
public class Opener {

    @Inject
    @EnvironmentName("ledger")
    @DatabaseName("lines")
    Database<Long, String> lines;

    private String found;

    @PostConstruct
    void start() {
        lines.put(0L, "written at the start");
        found = lines.get(0L).orElse("nothing");
    }

    /** What it found there. */
    public String found() {
        return found;
    }
}
