package org.understudy.it.application;

/** A value that JSON-B writes. */
public record Quote(String symbol, long cents) {}
