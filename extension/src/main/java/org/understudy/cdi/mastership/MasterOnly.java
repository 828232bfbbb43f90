package org.understudy.cdi.mastership;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A method of a bean, or every method of a bean, that runs on the master only: a plain call, a call by a scheduler, or a
 * tick of an EJB timer. In a group with leases (protocol.md §4.5) it begins only under a valid lease, so that two sites
 * never begin it at once; without them two may, in different generations, for up to {@code quorum-loss-timeout}.
 *
 * <p>An injected {@link Mastership} tells the method its generation, and whether the site is still master of it. If it is no
 * longer when the method returns, the caller gets {@link MastershipLostException}; a tick, or a call that would have been
 * skipped, has nobody to tell. In any case there is a {@link CallCutOff}.
 *
 * <p>As every interceptor it sees what comes from outside: a method that its own bean calls is not held back. Where an
 * environment has no group, this process is always the master.
 */
@Inherited
@InterceptorBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface MasterOnly {

    /** What becomes of a call elsewhere. Unless said otherwise the caller is told: nothing is left undone in silence. */
    @Nonbinding
    Otherwise otherwise() default Otherwise.THROW;

    /** Whose master: the name of an environment. Unless set, the default one. */
    @Nonbinding
    String environment() default "";

    /** Whether the thread is interrupted when mastership goes while the method runs on it. */
    @Nonbinding
    boolean interrupt() default false;

    /** How long a forwarded call may take, up to 24 hours. Unless set, the environment's {@code request-timeout}. */
    @Nonbinding
    long timeoutMillis() default 0;
}
