package org.understudy.sample.launcher;

import java.util.Optional;

/** Makes commands of the keys that are pressed, one after the other. */
final class Keys {

    /** What to do with the sites. */
    sealed interface Command permits Restart, Kill, Quit {}

    /** Start a site again. */
    record Restart(int site) implements Command {}

    /** Kill a site's process. */
    record Kill(int site) implements Command {}

    /** Stop all of them and end. */
    record Quit() implements Command {}

    private boolean killing;

    /** The command that a key completes. Keys that mean nothing are passed over. */
    Optional<Command> press(char key) {
        boolean afterK = killing;
        killing = key == 'k' || key == 'K';
        if (key == 'q' || key == 'Q') {
            return Optional.of(new Quit());
        }
        int site = key - '0';
        if (site < 1 || site > LauncherOptions.SITE_COUNT) {
            return Optional.empty();
        }
        return Optional.of(afterK ? new Kill(site) : new Restart(site));
    }
}
