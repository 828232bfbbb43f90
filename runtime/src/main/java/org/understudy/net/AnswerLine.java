package org.understudy.net;

/** The way of answers back to a site that asks, as long as the connection stands on which it asks. Any thread; nothing blocks. */
public interface AnswerLine {

    /** Whereto. */
    String site();

    /** Sends a frame behind all others; it may still be lost with the connection. */
    Handed send(MessageFrame frame);

    /** Reads no further, soon. */
    void pause();

    /** Goes on reading, soon. */
    void resume();
}
