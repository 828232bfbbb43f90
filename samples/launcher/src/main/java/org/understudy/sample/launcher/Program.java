package org.understudy.sample.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A sample, as its terminal shows it and its command line begins. The script that starts it tells all of that by system
 * properties.
 *
 * @param name what it is called
 * @param promise what there is to see, in a few words
 * @param command what its command line begins with
 * @param pagePort where the first site's page is unless told otherwise; the others follow
 * @param sitePort where the first site listens for the others unless told otherwise; the others follow
 * @param servers the application servers it runs on, if it does
 */
record Program(String name, String promise, String command, int pagePort, int sitePort, Optional<Servers> servers) {

    /**
     * The application servers that sites run on.
     *
     * @param script what runs one, given a kind, a war, a folder and a port
     * @param kinds the kind of each site's
     * @param war the sample for servers
     */
    record Servers(Path script, List<String> kinds, Path war) {}

    static Program ofSystemProperties() {
        return new Program(
                System.getProperty("sample.name"),
                System.getProperty("sample.promise"),
                System.getProperty("sample.command"),
                Integer.getInteger("sample.page-port"),
                Integer.getInteger("sample.site-port"),
                Optional.ofNullable(System.getProperty("sample.servers"))
                        .map(kinds -> new Servers(
                                Path.of(System.getProperty("sample.on-server")),
                                List.of(kinds.split(",")),
                                Path.of(System.getProperty("sample.war")))));
    }

    /** How to start it. */
    String usage() {
        return """
            Usage: %s [option …]

              --seconds N     stop by itself after N seconds
              --keep          go on with the data of the last run
              --page-port N   serve the three pages at N, N+1, N+2 (%d)
              --site-port N   let the sites talk to each other at N, N+1, N+2 (%d)
              --data DIR      where the sites keep their data (target/sites of the sample)
            """.formatted(command, pagePort, sitePort);
    }
}
