package org.understudy.event;

/**
 * This client has learnt who the master is. Once per generation, and before its {@link StartupDone}.
 *
 * @param master the master's site
 * @param generation the generation of that mastership
 */
public record NewMaster(EventOrigin origin, String master, long generation) implements ReplicationEvent {}
