package org.understudy.it.server;

/** The {@code server.xml} of an Open Liberty that the application of the tests runs on. */
public final class LibertyConfiguration {

    private static final String TEMPLATE = """
            <server>
              <featureManager>
                <platform>jakartaee-10.0</platform>
                <platform>microProfile-6.1</platform>
                <feature>servlet</feature>
                <feature>restfulWS</feature>
                <feature>jsonb</feature>
                <feature>cdi</feature>
                <feature>mpConfig</feature>
                <feature>mpHealth</feature>
                <feature>concurrent</feature>
                <feature>enterpriseBeansLite</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="%s" httpPort="%d" httpsPort="-1"/>
              %s
            </server>
            """;

    private LibertyConfiguration() {}

    /** Its text, with more elements of its own; features that those ask for come on top. */
    public static String of(String address, int port, String more) {
        return TEMPLATE.formatted(address, port, more);
    }
}
