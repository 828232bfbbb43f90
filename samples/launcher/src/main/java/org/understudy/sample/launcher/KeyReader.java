package org.understudy.sample.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.understudy.sample.launcher.Keys.Command;
import org.understudy.sample.launcher.Keys.Kill;
import org.understudy.sample.launcher.Keys.Restart;

/** Reads the keys and has them done. Without a keyboard it ends at once, and the sites run on. */
final class KeyReader {

    private final Keys keys = new Keys();
    private final Group group;
    private final Runnable quit;

    KeyReader(Group group, Runnable quit) {
        this.group = group;
        this.quit = quit;
    }

    void start() {
        Thread thread = new Thread(this::read, "keys");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            for (int key = System.in.read(); key >= 0; key = System.in.read()) {
                keys.press((char) key).ifPresent(this::execute);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The keyboard can't be read any more", e);
        }
    }

    private void execute(Command command) {
        if (command instanceof Restart restart) {
            group.site(restart.site()).start();
        } else if (command instanceof Kill kill) {
            group.site(kill.site()).kill();
        } else {
            quit.run();
        }
    }
}
