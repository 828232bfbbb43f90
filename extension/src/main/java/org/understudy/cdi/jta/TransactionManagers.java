package org.understudy.cdi.jta;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.TransactionManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Looks for the transaction manager, which no specification gives a place: where each server keeps it, then among the beans. */
final class TransactionManagers {
    private static final Logger LOG = System.getLogger(TransactionManagers.class.getName());

    /** WildFly and Payara. */
    private static final List<String> NAMES =
            List.of("java:jboss/TransactionManager", "java:appserver/TransactionManager");

    /** Open Liberty has no name for it. */
    private static final String LIBERTYS_FACTORY = "com.ibm.tx.jta.TransactionManagerFactory";

    private TransactionManagers() {}

    /** The one that this application's transactions are of. */
    static Optional<TransactionManager> find(BeanManager beanManager) {
        return NAMES.stream()
                .flatMap(name -> named(name).stream())
                .findFirst()
                .or(TransactionManagers::libertys)
                .or(() -> beanManager.createInstance().select(TransactionManager.class).stream()
                        .findFirst());
    }

    private static Optional<TransactionManager> named(String name) {
        try {
            return Optional.of(InitialContext.<TransactionManager>doLookup(name));
        } catch (NamingException | ClassCastException e) {
            LOG.log(Level.DEBUG, "USTDY-0861 no " + name, e);
            return Optional.empty();
        }
    }

    private static Optional<TransactionManager> libertys() {
        try {
            Class<?> factory =
                    Class.forName(LIBERTYS_FACTORY, true, Thread.currentThread().getContextClassLoader());
            Object manager = factory.getMethod("getTransactionManager").invoke(null);
            return Optional.of((TransactionManager) manager);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            LOG.log(Level.DEBUG, "USTDY-0862 this is not Open Liberty", e);
            return Optional.empty();
        }
    }
}
