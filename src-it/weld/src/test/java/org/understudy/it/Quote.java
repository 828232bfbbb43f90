package org.understudy.it;

/** A value that JSON-B writes. */
public record Quote(String symbol, long cents) {}
