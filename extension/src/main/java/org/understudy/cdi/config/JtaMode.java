package org.understudy.cdi.config;

/** What database calls do that a JTA transaction surrounds. */
public enum JtaMode {
    /** They join it, and are committed with it. */
    JOIN,
    /** They join it as a resource that prepares, so that the transaction is atomic with other resources, also over crashes. */
    XA,
    /** They stand for themselves. */
    OFF
}
