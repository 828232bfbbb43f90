/** The application of the integration tests: one war for all servers. What it does is asked for over HTTP, under {@code api/}. */
package org.understudy.it.application;
