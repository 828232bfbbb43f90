package org.understudy.harness;

import java.io.IOException;
import java.nio.file.Path;

/** What a {@link ChildSite} does with its environment. */
interface SiteWork {

    /** Begins, on threads of its own. */
    void begin();

    /** Returns when nothing is under way any more; nothing begins from then on. */
    void end();

    /** Writes what this site holds to a file. */
    void dump(Path file) throws IOException;
}
