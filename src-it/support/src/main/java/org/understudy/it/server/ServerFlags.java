package org.understudy.it.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.understudy.it.support.Jdk;

/** The flags of the JVM of a server that is started for a test: a small one that is up soon, and lives for minutes. */
public final class ServerFlags {

    private ServerFlags() {}

    /** Those on a JDK, with its temporary files in a folder of its own. */
    public static List<String> of(Jdk jdk, Path temporary) {
        List<String> flags = new ArrayList<>(List.of(
                "-Xmx512m",
                "-Djava.io.tmpdir=" + temporary,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true"));
        flags.addAll(jdk.flags());
        return flags;
    }
}
