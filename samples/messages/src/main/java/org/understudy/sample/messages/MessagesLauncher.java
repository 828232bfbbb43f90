package org.understudy.sample.messages;

import org.understudy.sample.common.launcher.Launcher;
import org.understudy.sample.common.launcher.Program;

/** Starts the sample. */
public final class MessagesLauncher {

    private MessagesLauncher() {}

    public static void main(String[] arguments) throws InterruptedException {
        Launcher.main(new Program("messages", "three sites that talk to each other", 8011, 7011), arguments);
    }
}
