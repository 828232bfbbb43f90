package org.understudy.it.server;

/** A server has refused an application. */
public final class DeploymentFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeploymentFailedException(String message) {
        super(message);
    }
}
