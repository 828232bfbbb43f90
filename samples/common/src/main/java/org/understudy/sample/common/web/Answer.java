package org.understudy.sample.common.web;

/**
 * What a button did.
 *
 * @param status the HTTP status
 * @param message what to tell the person
 */
public record Answer(int status, String message) {

    /** It is done. */
    public static Answer done(String message) {
        return new Answer(200, message);
    }

    /** It is not done. */
    public static Answer refused(int status, String message) {
        return new Answer(status, message);
    }
}
