package org.understudy.cdi.jta;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.io.Serializable;

/** Around the container's own interceptor, for methods that always begin a transaction. */
@Interceptor
@Transactional(Transactional.TxType.REQUIRES_NEW)
@Priority(Interceptors.JUST_BEFORE_THE_CONTAINER)
class CompletionOfRequiresNew implements Serializable {

    private static final long serialVersionUID = 1L;

    @AroundInvoke
    Object call(InvocationContext method) throws Exception {
        return Completion.of(method::proceed);
    }
}
