package org.understudy.replicate;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Sends all that is logged to stderr, a line each, unless the platform's own configuration says where it goes. */
final class Logging {
    private static final String MANAGER = "java.util.logging.manager";
    private static final String CONFIG_FILE = "java.util.logging.config.file";
    private static final String CONFIG_CLASS = "java.util.logging.config.class";

    private Logging() {}

    /** To be called before anything is logged. */
    static void begin() {
        if (System.getProperty(CONFIG_FILE) != null || System.getProperty(CONFIG_CLASS) != null) {
            return;
        }
        System.setProperty(MANAGER, LastingLogManager.class.getName());
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        ConsoleHandler lines = new ConsoleHandler();
        lines.setFormatter(new LineFormat());
        lines.setLevel(Level.ALL);
        root.addHandler(lines);
        root.setLevel(Level.INFO);
    }
}
