package org.understudy.net;

/** The local site's address can't be listened on; the message says why, and what to do. */
public final class ListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ListenException(String host, int port, Throwable cause) {
        super(
                "can't listen on " + host + ":" + port + ": " + cause.getMessage()
                        + "; stop the process that has this port, or give local-site (or listen-address) an address of this machine and a free port",
                cause);
    }
}
