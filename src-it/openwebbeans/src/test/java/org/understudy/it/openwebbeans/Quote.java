package org.understudy.it.openwebbeans;

/** A value that JSON-B writes. */
public record Quote(String symbol, long cents) {}
