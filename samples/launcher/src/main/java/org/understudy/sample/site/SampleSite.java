package org.understudy.sample.site;

import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** One site of a sample: a process of its own, which lives as long as its standard input is open. */
public final class SampleSite {

    private static final System.Logger LOG = System.getLogger(SampleSite.class.getName());

    private SampleSite() {}

    public static void main(String[] arguments) throws IOException {
        try {
            WeldContainer application = new Weld().initialize();
            awaitEndOfInput();
            application.close();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The site could not start", e);
            System.exit(1);
        }
        System.exit(0);
    }

    /** The launcher holds the other end: when it asks for the end, or is gone itself, the site leaves in good order. */
    private static void awaitEndOfInput() throws IOException {
        byte[] ignored = new byte[64];
        while (System.in.read(ignored) >= 0) {
            continue;
        }
    }
}
