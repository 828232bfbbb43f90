package org.understudy.site.message;

import java.util.List;
import org.understudy.net.Handed;
import org.understudy.net.MessageFrame.NoAnswer;

/** The way back to whoever waits for the answer to one request. Any thread; must not block. */
interface AnswerPath {

    /** Answers. */
    Handed answer(List<byte[]> parts);

    /** Tells that there will be no answer, and why. */
    void fail(NoAnswer why);
}
