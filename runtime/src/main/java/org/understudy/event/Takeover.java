package org.understudy.event;

/**
 * This process, which went through another one's environment so far, has the home now and is the site: the other one closed or
 * crashed (protocol.md §11). A master's site stands for election at once. Numbers of events begin anew behind it.
 */
public record Takeover(EventOrigin origin) implements ReplicationEvent {}
