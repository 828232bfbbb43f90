package org.understudy.cdi.jta;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.io.Serializable;

/** Around the container's own interceptor, for methods that are in none. */
@Interceptor
@Transactional(Transactional.TxType.NOT_SUPPORTED)
@Priority(Interceptors.JUST_BEFORE_THE_CONTAINER)
class CompletionOfNotSupported implements Serializable {

    private static final long serialVersionUID = 1L;

    @AroundInvoke
    Object call(InvocationContext method) throws Exception {
        return Completion.outside(method::proceed);
    }
}
