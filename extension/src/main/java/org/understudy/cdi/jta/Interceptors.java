package org.understudy.cdi.jta;

import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** The interceptors of transactional methods as classes, which are not beans until the extension makes them so. */
public final class Interceptors {

    /** Containers begin and end transactions at {@code PLATFORM_BEFORE + 200}, as the specification of JTA has it. */
    static final int JUST_BEFORE_THE_CONTAINER = Interceptor.Priority.PLATFORM_BEFORE + 199;

    private static final Logger LOG = System.getLogger(Interceptors.class.getName());

    private Interceptors() {}

    /** The interceptors; none where JTA is absent. */
    public static List<Class<?>> find() {
        try {
            LOG.log(Level.DEBUG, "USTDY-0851 methods with {0} are looked after", Transactional.class.getName());
            return List.of(CompletionOfRequired.class, CompletionOfRequiresNew.class, CompletionOfNotSupported.class);
        } catch (NoClassDefFoundError e) {
            return List.of();
        }
    }
}
