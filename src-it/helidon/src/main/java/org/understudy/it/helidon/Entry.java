package org.understudy.it.helidon;

/** A value that JSON-B writes. */
public record Entry(String text) {}
