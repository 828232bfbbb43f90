package org.understudy.cdi.jta;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.io.Serializable;

/** Around the container's own interceptor, for methods that begin a transaction unless there is one. */
@Interceptor
@Transactional(Transactional.TxType.REQUIRED)
@Priority(Interceptors.JUST_BEFORE_THE_CONTAINER)
class CompletionOfRequired implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    Jta jta;

    @AroundInvoke
    Object call(InvocationContext method) throws Exception {
        return jta.wouldBegin() ? Completion.of(method::proceed) : method.proceed();
    }
}
