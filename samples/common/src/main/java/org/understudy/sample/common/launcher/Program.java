package org.understudy.sample.common.launcher;

/**
 * A sample, as its terminal shows it and its command line begins.
 *
 * @param name what it is called
 * @param promise what there is to see, in a few words
 * @param pagePort where the first site's page is unless told otherwise; the others follow
 * @param sitePort where the first site listens for the others unless told otherwise; the others follow
 */
public record Program(String name, String promise, int pagePort, int sitePort) {

    /** How to start it. */
    String usage() {
        return """
            Usage: run [option …]

              --seconds N     stop by itself after N seconds
              --keep          go on with the data of the last run
              --page-port N   serve the three pages at N, N+1, N+2 (%d)
              --site-port N   let the sites talk to each other at N, N+1, N+2 (%d)
              --data DIR      where the sites keep their data (target/sites of the sample)
            """.formatted(pagePort, sitePort);
    }
}
