/**
 * The application of the integration tests: one war for all servers. What it does is asked for over HTTP, under
 * {@code api/}. Every resource has a scope: Payara shows extensions no injection points of one that has none.
 */
package org.understudy.it.application;
