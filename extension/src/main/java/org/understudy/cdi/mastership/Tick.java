package org.understudy.cdi.mastership;

import java.time.Instant;
import java.util.Optional;

/**
 * One tick of a timer.
 *
 * @param timer which timer's, the same on every site
 * @param instant when it was due
 * @param next when the next one is due, if there is one
 */
record Tick(String timer, Instant instant, Optional<Instant> next) {}
