package org.understudy.cdi.config;

/**
 * How the application's health checks are configured.
 *
 * @param enabled whether there are any
 * @param maxLagRecords how many records a ready site may lack that the master is known to have
 */
public record HealthConfig(boolean enabled, int maxLagRecords) {}
