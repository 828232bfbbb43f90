package org.understudy.cdi.mastership;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;

/**
 * Stands in front of every {@link MasterOnly} method. It is the innermost interceptor, so that it looks at the last moment,
 * on the thread that runs the method: inside a transaction, an asynchronous execution, a retry.
 */
@MasterOnly
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER + 900)
public class MasterOnlyInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    @SuppressWarnings("serial") // a proxy, which can be written; beans with passive states need that
    CallGate gate;

    /** Called by the container. */
    @AroundInvoke
    public Object call(InvocationContext invocation) throws Exception {
        return gate.call(invocation);
    }

    /** Called by the container. */
    @AroundTimeout
    public Object tick(InvocationContext invocation) throws Exception {
        return gate.tick(invocation);
    }
}
