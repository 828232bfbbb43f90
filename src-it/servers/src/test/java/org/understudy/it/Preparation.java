package org.understudy.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.understudy.it.server.LibertyConfiguration;
import org.understudy.it.server.ServerFlags;
import org.understudy.it.support.Distributions;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Jdk;

/** Chooses the ports and folders of one run of the tests on one server, before Arquillian reads its configuration. */
public class Preparation implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Path folder = Path.of("target", "run", System.getProperty("run.name")).toAbsolutePath();
        List<Integer> ports = FreePorts.find(5);
        try {
            Folders.delete(folder);
            Files.createDirectories(folder.resolve("tmp"));
            Folders.copy(Distributions.wildfly().resolve("standalone"), folder.resolve("wildfly"));
            write(
                    folder.resolve("liberty/servers/" + libertyName(ports.get(0)) + "/server.xml"),
                    LibertyConfiguration.of("127.0.0.1", ports.get(0), libertyElements()));
            write(folder.resolve("payara/preboot.txt"), payaraCommands());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Object> properties = Map.ofEntries(
                Map.entry("run.folder", folder),
                Map.entry("run.wildfly", Distributions.wildfly()),
                Map.entry("run.liberty", Distributions.liberty()),
                Map.entry("run.liberty.server", libertyName(ports.get(0))),
                Map.entry("run.payara", Distributions.payaraMicro()),
                Map.entry("run.http.port", ports.get(0)),
                Map.entry("run.https.port", ports.get(1)),
                Map.entry("run.management.port", ports.get(2)),
                Map.entry("run.site", "127.0.0.1:" + ports.get(3)),
                Map.entry("run.neighbour", "127.0.0.1:" + ports.get(4)),
                Map.entry("run.flags", flags(folder, "127.0.0.1:" + ports.get(3), "127.0.0.1:" + ports.get(4))));
        properties.forEach((name, value) -> System.setProperty(name, value.toString()));
    }

    /** The flags of every server's JVM. */
    private static String flags(Path folder, String site, String neighbour) {
        List<String> flags = new ArrayList<>(ServerFlags.of(Jdk.running(), folder.resolve("tmp")));
        flags.add("-Dunderstudy.home=" + folder.resolve("home"));
        flags.add("-Dunderstudy.local-site=" + site);
        flags.add("-Dunderstudy.bootstrap-helpers=" + neighbour);
        flags.add("-Dunderstudy.delay-client-sync=true");
        return String.join(" ", flags);
    }

    /** The adapter looks through all the machine's processes for a server of that name, and starts none if there is one. */
    private static String libertyName(int port) {
        return "understudy-" + port;
    }

    /** How Arquillian talks to it, and a database for the application. */
    private static String libertyElements() {
        return """
                <featureManager>
                  <feature>jdbc</feature>
                  <feature>localConnector-1.0</feature>
                </featureManager>
                <applicationMonitor updateTrigger="mbean"/>
                <library id="h2"><file name="%s"/></library>
                <dataSource id="DefaultDataSource" type="javax.sql.XADataSource">
                  <jdbcDriver libraryRef="h2" javax.sql.XADataSource="org.h2.jdbcx.JdbcDataSource"/>
                  <properties URL="jdbc:h2:mem:default;DB_CLOSE_DELAY=-1" user="sa" password=""/>
                </dataSource>
                """.formatted(Distributions.h2());
    }

    /** Without this Payara Micro would answer on every address of the machine. */
    private static String payaraCommands() {
        return "set configs.config.server-config.network-config.network-listeners.network-listener"
                + ".http-listener.address=127.0.0.1\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
