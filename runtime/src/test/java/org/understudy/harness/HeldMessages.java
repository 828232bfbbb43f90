package org.understudy.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.understudy.Environment;

/** Takes requests and answers none, so that its process can be killed in the middle of one. */
final class HeldMessages implements SiteWork {
    static final String TOPIC = "held";
    static final String HANDLING = "handling ";
    static final String LISTENING = "listening";

    private final Environment environment;
    private final Speech speech;

    HeldMessages(Environment environment, Speech speech) {
        this.environment = environment;
        this.speech = speech;
    }

    @Override
    public void begin() {
        environment.onMessage(TOPIC, message -> {
            message.replyLater();
            speech.say(HANDLING + message.text());
        });
        speech.say(LISTENING);
    }

    @Override
    public void end() {
        // What it holds ends with its process.
    }

    @Override
    public void dump(Path file) throws IOException {
        Files.createFile(file); // it holds requests only
    }
}
