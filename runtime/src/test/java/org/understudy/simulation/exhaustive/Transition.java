package org.understudy.simulation.exhaustive;

import java.util.List;

/**
 * What one move makes of one site, whatever the others are.
 *
 * @param site the site's next state, by its number
 * @param sent the parcels it sends, by their numbers
 * @param deeds what concerns the others too, in order
 */
record Transition(int site, int[] sent, List<Deed> deeds) {}
