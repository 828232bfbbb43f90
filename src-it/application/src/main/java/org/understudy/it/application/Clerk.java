package org.understudy.it.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** A bean whose method has a transaction of the server around it. */
@ApplicationScoped
public class Clerk {

    /** Whether it has. */
    @Transactional
    public boolean isInTransaction() throws NamingException {
        TransactionSynchronizationRegistry transactions =
                InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
        return transactions.getTransactionStatus() == Status.STATUS_ACTIVE;
    }
}
