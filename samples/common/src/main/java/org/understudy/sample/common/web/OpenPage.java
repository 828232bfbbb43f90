package org.understudy.sample.common.web;

/** A page that somebody looks at, as whatever serves it over HTTP reaches it by Server-Sent Events. */
public interface OpenPage {

    /** Whether nobody looks at it any more. */
    boolean isGone();

    /** Whether all that was sent is on its way. */
    boolean keepsUp();

    /** Sends what a topic's value is now; {@code value} is one line of JSON. */
    void send(String topic, String value);
}
