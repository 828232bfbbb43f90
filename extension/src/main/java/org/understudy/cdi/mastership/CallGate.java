package org.understudy.cdi.mastership;

import jakarta.interceptor.InvocationContext;

/** Where every call of a {@link MasterOnly} method comes by. An interface, because the container makes a proxy of it. */
public interface CallGate {

    /** Carries a call out, or does what the method says is to be done otherwise. */
    Object call(InvocationContext invocation) throws Exception;

    /** The same for a tick of a timer. */
    Object tick(InvocationContext invocation) throws Exception;
}
