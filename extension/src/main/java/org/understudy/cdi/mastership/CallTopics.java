package org.understudy.cdi.mastership;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The topics that calls of methods travel under: one for each, so that a site that lacks the method says so by itself. */
final class CallTopics {

    private static final String PREFIX = "understudy.call.";
    private static final int LENGTH = 255;

    private CallTopics() {}

    /** Whether a topic is that of a method, known here or not. */
    static boolean isOne(String topic) {
        return topic.startsWith(PREFIX);
    }

    /** Readable, unless it were too long. */
    static String of(MasterOnlyMethod method) {
        String topic = PREFIX + method.id();
        return topic.length() <= LENGTH
                ? topic
                : PREFIX + method + "." + UUID.nameUUIDFromBytes(method.id().getBytes(StandardCharsets.UTF_8));
    }
}
