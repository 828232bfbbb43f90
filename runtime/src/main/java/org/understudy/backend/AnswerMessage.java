package org.understudy.backend;

import java.util.List;
import java.util.stream.IntStream;
import org.understudy.Message;

/** The answer to a message of a subordinate. */
public record AnswerMessage(String topic, String sender, List<byte[]> parts) {

    /** What a message says. */
    public static AnswerMessage of(Message message) {
        return new AnswerMessage(
                message.topic(),
                message.sender(),
                IntStream.range(0, message.size()).mapToObj(message::bytes).toList());
    }
}
