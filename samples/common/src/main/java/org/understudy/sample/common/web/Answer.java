package org.understudy.sample.common.web;

import java.net.URI;
import java.util.Optional;

/**
 * What a button did.
 *
 * @param status the HTTP status
 * @param message what to tell the person
 * @param page where to go instead, if it can't be done here
 */
public record Answer(int status, String message, Optional<URI> page) {

    /** It is done. */
    public static Answer done(String message) {
        return new Answer(200, message, Optional.empty());
    }

    /** It is not done. */
    public static Answer refused(int status, String message) {
        return new Answer(status, message, Optional.empty());
    }
}
