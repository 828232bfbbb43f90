package org.understudy.benchmarks.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.understudy.benchmarks.site.JeSite;
import org.understudy.benchmarks.site.SiteOptions;
import org.understudy.benchmarks.site.UnderstudySite;

/** One of the systems compared: how a site process of it is started. Ours comes first, as in the table. */
public enum Contender {
    /** Keeps its records outside of the Java heap. */
    UNDERSTUDY("Understudy", UnderstudySite.class, "-Xmx128m", "-XX:MaxDirectMemorySize=512m"),
    /** Keeps its records in the Java heap, so the heap holds all of them. */
    JE("JE HA", JeSite.class, "-Xmx1g");

    private static final int NATIVE_ACCESS_IS_RESTRICTED_SINCE = 24;

    private final String label;
    private final Class<?> siteMain;
    private final List<String> memory;

    Contender(String label, Class<?> siteMain, String... memory) {
        this.label = label;
        this.siteMain = siteMain;
        this.memory = List.of(memory);
    }

    /** Whether it has what only we have: messages, forwarded writes, several processes on one home. */
    boolean isOurs() {
        return this == UNDERSTUDY;
    }

    public String label() {
        return label;
    }

    /** The command line of a site's process; it obeys the lines of {@code SiteCommands}. */
    List<String> command(SiteOptions site, List<String> moreJvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory);
        if (Runtime.version().feature() >= NATIVE_ACCESS_IS_RESTRICTED_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(moreJvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), siteMain.getName()));
        command.addAll(site.arguments());
        return command;
    }
}
