package org.understudy;

/** Which way a cursor walks through the keys. */
public enum Direction {
    /** From the smallest key to the largest. */
    FORWARDS,
    /** From the largest key to the smallest. */
    BACKWARDS
}
