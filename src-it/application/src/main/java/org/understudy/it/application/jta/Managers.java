package org.understudy.it.application.jta;

import jakarta.transaction.TransactionManager;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Where each server keeps its transaction manager. */
final class Managers {

    private Managers() {}

    static TransactionManager find() throws ReflectiveOperationException {
        Optional<TransactionManager> named =
                lookUp("java:jboss/TransactionManager").or(() -> lookUp("java:appserver/TransactionManager"));
        return named.isPresent() ? named.get() : ofLiberty();
    }

    /** Empty where the name is another server's. */
    private static Optional<TransactionManager> lookUp(String name) {
        try {
            return Optional.of(InitialContext.doLookup(name));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    private static TransactionManager ofLiberty() throws ReflectiveOperationException {
        return (TransactionManager) Class.forName("com.ibm.tx.jta.TransactionManagerFactory")
                .getMethod("getTransactionManager")
                .invoke(null);
    }
}
