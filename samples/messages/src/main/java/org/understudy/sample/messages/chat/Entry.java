package org.understudy.sample.messages.chat;

import java.util.Optional;

/**
 * A line as this site's page shows it.
 *
 * @param number 1, 2, 3 … in the order in which this site heard or said them
 * @param line what was said
 * @param mine whether this site said it
 * @param answer what was answered, where it was a question of this site's
 */
public record Entry(long number, Line line, boolean mine, Optional<String> answer) {}
