package org.understudy.cdi.config;

/** What database calls do that a JTA transaction surrounds. */
public enum JtaMode {
    /** They join it, and are committed with it. */
    JOIN,
    /** They stand for themselves. */
    OFF
}
