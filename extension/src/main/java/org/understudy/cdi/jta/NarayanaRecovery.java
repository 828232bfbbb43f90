package org.understudy.cdi.jta;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Optional;
import javax.transaction.xa.XAResource;

/**
 * Narayana's recovery, where the application has Narayana with it and has started its recovery manager: that asks the
 * environments for branches that wait, from time to time. By reflection, since it need not be there.
 */
final class NarayanaRecovery implements AutoCloseable {
    private static final Logger LOG = System.getLogger(NarayanaRecovery.class.getName());
    private static final String MODULE = "com.arjuna.ats.internal.jta.recovery.arjunacore.XARecoveryModule";
    private static final String HELPER = "com.arjuna.ats.jta.recovery.XAResourceRecoveryHelper";
    private static final String MANAGER = "com.arjuna.ats.arjuna.recovery.RecoveryManager";

    private final Object module;
    private final Class<?> helperType;
    private final Object helper;

    private NarayanaRecovery(ClassLoader loader, Collection<XaBranches> environments)
            throws ReflectiveOperationException {
        checkStarted(loader);
        Class<?> moduleType = Class.forName(MODULE, true, loader);
        helperType = Class.forName(HELPER, true, loader);
        module = moduleType.getMethod("getRegisteredXARecoveryModule").invoke(null);
        if (module == null) {
            throw new ReflectiveOperationException("its recovery has no module for XA");
        }
        helper = Proxy.newProxyInstance(loader, new Class<?>[] {helperType}, answers(environments));
        moduleType.getMethod("addXAResourceRecoveryHelper", helperType).invoke(module, helper);
    }

    /** Has the branches of these environments recovered; empty where there is no Narayana to do it. */
    static Optional<NarayanaRecovery> of(Collection<XaBranches> environments) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try {
            return Optional.of(new NarayanaRecovery(loader, environments));
        } catch (ClassNotFoundException e) {
            LOG.log(
                    Level.INFO,
                    "USTDY-0865 no transaction manager was found that recovers prepared branches by itself: after a crash"
                            + " decide those that Environment.prepared() lists");
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0866 Narayana recovers none of the environments' branches, since " + e
                            + "; after a crash decide those that Environment.prepared() lists");
        }
        return Optional.empty();
    }

    private static InvocationHandler answers(Collection<XaBranches> environments) {
        return (proxy, method, arguments) -> switch (method.getName()) {
            case "initialise" -> true;
            case "getXAResources" ->
                environments.stream().map(XaEnlistment::ofRecovery).toArray(XAResource[]::new);
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "recovery of " + environments.size() + " environments";
        };
    }

    /** Asking for the module would start a recovery manager that nobody ends, and there is no other question for whether it is. */
    private static void checkStarted(ClassLoader loader) throws ReflectiveOperationException {
        Field manager = Class.forName(MANAGER, true, loader).getDeclaredField("_recoveryManager");
        manager.setAccessible(true);
        if (manager.get(null) == null) {
            throw new ReflectiveOperationException(
                    "its recovery manager is not started: call " + MANAGER + ".manager() before the container starts");
        }
    }

    /** It asks no more. */
    @Override
    public void close() {
        try {
            module.getClass()
                    .getMethod("removeXAResourceRecoveryHelper", helperType)
                    .invoke(module, helper);
        } catch (ReflectiveOperationException e) {
            LOG.log(Level.WARNING, "USTDY-0867 Narayana's recovery could not be told that the environments close", e);
        }
    }
}
