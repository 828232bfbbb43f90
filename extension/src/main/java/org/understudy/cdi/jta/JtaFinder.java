package org.understudy.cdi.jta;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Looks for the JTA that an application runs in: by the name that servers have for it, then among the beans. */
public final class JtaFinder {

    private static final Logger LOG = System.getLogger(JtaFinder.class.getName());
    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private JtaFinder() {}

    /** What there is; {@link Jta#NONE} where there is none. Called on a thread of the application's. */
    public static Jta find(BeanManager beanManager) {
        try {
            return registry(beanManager).<Jta>map(JoinedJta::new).orElse(Jta.NONE);
        } catch (NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "USTDY-0852 JTA is not there", e);
            return Jta.NONE;
        }
    }

    private static Optional<TransactionSynchronizationRegistry> registry(BeanManager beanManager) {
        try {
            return Optional.of(InitialContext.doLookup(REGISTRY));
        } catch (NamingException | ClassCastException e) {
            LOG.log(Level.DEBUG, "USTDY-0853 no " + REGISTRY + "; there may be a bean", e);
        }
        return beanManager.createInstance().select(TransactionSynchronizationRegistry.class).stream()
                .findFirst();
    }
}
