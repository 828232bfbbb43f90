package org.understudy.cdi.mastership;

import java.util.Optional;
import org.understudy.Message;
import org.understudy.NotMasterException;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.UnavailableException;

/** What the master answers to a forwarded call. Its first part is the name of its kind. */
enum CallAnswer {
    /** The method has returned; its result is the second part, unless it has none or null. */
    RETURNED,

    /** The method has thrown something; its class, and its message. */
    THREW,

    /** The method has ended, but mastership of the generation that follows went meanwhile. */
    LOST,

    /** The method was not called: that site is not the master either; who is, if it knows. */
    NOT_MASTER,

    /** The method was not called, for the reason that follows. */
    REFUSED;

    /** The exception that an answer other than {@link #RETURNED} is for the caller. */
    ReplicationException exception(Place place, MasterOnlyMethod method, Message answer) {
        return switch (this) {
            case RETURNED -> throw new IllegalStateException("a call that has returned has not failed");
            case THREW -> new ForwardedCallException(place, method, answer.sender(), answer.text(1), answer.text(2));
            case LOST -> new MastershipLostException(place, Long.parseLong(answer.text(1)));
            case NOT_MASTER ->
                new NotMasterException(place, Optional.of(answer.text(1)).filter(name -> !name.isEmpty()));
            case REFUSED ->
                new UnavailableException(
                        place, "Site " + answer.sender() + " did not call " + method + ": " + answer.text(1));
        };
    }
}
