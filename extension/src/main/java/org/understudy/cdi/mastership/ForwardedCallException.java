package org.understudy.cdi.mastership;

import org.understudy.Place;
import org.understudy.ReplicationException;

/** A {@link MasterOnly} method that was forwarded threw something at the master. How far it came, only that site knows. */
public final class ForwardedCallException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final String master;
    private final String exceptionType;

    ForwardedCallException(Place place, MasterOnlyMethod method, String master, String exceptionType, String message) {
        super(
                place,
                false,
                method + " failed at the master, " + master + ": " + exceptionType
                        + (message.isEmpty() ? "" : ": " + message) + "; more is in the log there");
        this.master = master;
        this.exceptionType = exceptionType;
    }

    /** The site that ran it. */
    public String master() {
        return master;
    }

    /** The name of the class of what it threw. */
    public String exceptionType() {
        return exceptionType;
    }
}
