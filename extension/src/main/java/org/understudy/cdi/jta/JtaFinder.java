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

    /**
     * The same for environments that are to be prepared and decided with other resources.
     *
     * @throws IllegalStateException where there is no transaction manager for that
     */
    public static Jta findXa(BeanManager beanManager) {
        try {
            return registry(beanManager)
                    .flatMap(registry ->
                            TransactionManagers.find(beanManager).<Jta>map(manager -> new XaJta(registry, manager)))
                    .orElseThrow(() -> noManager(null));
        } catch (NoClassDefFoundError e) {
            throw noManager(e);
        }
    }

    private static IllegalStateException noManager(Throwable cause) {
        return new IllegalStateException(
                "understudy.jta is XA, and there is no transaction manager here: neither one that is known of a server, nor a"
                        + " bean of that type; provide one, or set understudy.jta to JOIN or OFF",
                cause);
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
