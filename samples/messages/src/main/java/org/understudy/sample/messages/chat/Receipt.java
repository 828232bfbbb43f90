package org.understudy.sample.messages.chat;

import org.understudy.Role;

/**
 * What a site answers to a question.
 *
 * @param site which site it is, by its number
 * @param role what it was when it answered
 * @param heard how many lines it has heard since its process started
 */
public record Receipt(int site, Role role, long heard) {

    /** As a sentence. */
    String inWords() {
        return "Site " + site + ", " + (role == Role.MASTER ? "the master" : "a client") + ": heard; it is line "
                + heard + " here.";
    }
}
