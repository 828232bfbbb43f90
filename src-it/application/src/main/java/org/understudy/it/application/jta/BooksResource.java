package org.understudy.it.application.jta;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.naming.InitialContext;

/** Transactions that end in all ways; each answers with what was thrown, its causes, and what they suppress. */
@RequestScoped
@Path("books/{name}")
@Produces(MediaType.TEXT_PLAIN)
public class BooksResource {

    @Inject
    Books books;

    @PathParam("name")
    String name;

    /** What is committed here and in SQL. */
    @GET
    public String both() throws Exception {
        books.open();
        return books.both(name);
    }

    /** What is committed in the group and in SQL. */
    @GET
    @Path("shared")
    public String shared() throws Exception {
        books.open();
        return books.bothShared(name);
    }

    /** Is committed in the group and in SQL. */
    @POST
    @Path("share")
    public String share() {
        return answer(() -> books.inOne(() -> {
            books.share(name, "1");
            return "";
        }));
    }

    /** Is committed, and reads what it has written. */
    @POST
    @Path("commit")
    public String commit() {
        return answer(() -> books.inOne(() -> {
            books.enter(name, "1");
            return books.read(name);
        }));
    }

    /** Is rolled back by an exception. */
    @POST
    @Path("rollback")
    public String rollback() {
        return answer(() -> books.inOne(() -> {
            books.enter(name, "1");
            throw new ChangedMindException("changed its mind");
        }));
    }

    /** Is marked for rollback. */
    @POST
    @Path("mark")
    public String mark() {
        return answer(() -> books.inOne(() -> {
            books.enter(name, "1");
            TransactionSynchronizationRegistry registry =
                    InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
            registry.setRollbackOnly();
            return "marked";
        }));
    }

    /** Conflicts with another that was committed meanwhile. */
    @POST
    @Path("conflict")
    public String conflict() {
        return answer(() -> books.inOne(this::enterAgainstAnother));
    }

    private String enterAgainstAnother() throws Exception {
        books.read(name);
        books.enter(name, "mine");
        return books.inNone(() -> books.write(name, "another").toString());
    }

    /** The same, begun and committed by hand. */
    @POST
    @Path("conflict-by-hand")
    public String conflictByHand() {
        return answer(() -> {
            UserTransaction transaction = InitialContext.doLookup("java:comp/UserTransaction");
            transaction.begin();
            try {
                enterAgainstAnother();
            } finally {
                if (transaction.getStatus() == Status.STATUS_ACTIVE) {
                    transaction.commit();
                }
            }
            return "committed";
        });
    }

    /** Has another inside, which is committed, and is rolled back itself. */
    @POST
    @Path("suspend")
    public String suspend() {
        return answer(() -> books.inOne(() -> {
            books.enter(name, "outer");
            books.inAnother(() -> {
                if (!books.read(name).equals("nothing")) {
                    throw new IllegalStateException("the inner one sees the outer one's writes");
                }
                books.enter(name + "-inner", "inner");
                return "";
            });
            throw new ChangedMindException("changed its mind");
        }));
    }

    /** Is refused by a third resource that is asked to prepare. */
    @POST
    @Path("refuse")
    public String refuse() {
        return answer(() -> books.inOne(() -> {
            books.write(name, "1");
            Managers.find().getTransaction().enlistResource(new Refusing());
            Managers.find().getTransaction().enlistResource(new Refusing());
            return "";
        }));
    }

    /** Is refused by something that writes only now, as JPA does, and that came after our first call. */
    @POST
    @Path("flush")
    public String flush() {
        return answer(() -> books.inOne(() -> {
            books.enter(name, "1");
            TransactionSynchronizationRegistry registry =
                    InitialContext.doLookup("java:comp/TransactionSynchronizationRegistry");
            registry.registerInterposedSynchronization(new Flushing(books, name));
            return "registered";
        }));
    }

    /** Writes once more, and breaks a constraint. */
    private record Flushing(Books books, String name) implements Synchronization {

        @Override
        public void beforeCompletion() {
            if (!books.write(name, "2").isNone()) {
                throw new IllegalStateException("written on its own");
            }
            throw new ChangedMindException("a constraint");
        }

        @Override
        public void afterCompletion(int status) {
            // It holds nothing.
        }
    }

    private String answer(Callable<String> work) {
        try {
            books.open();
            return work.call();
        } catch (Exception e) {
            List<String> names = new ArrayList<>();
            collect(e, names);
            return String.join(" ", names);
        }
    }

    private static void collect(Throwable thrown, List<String> names) {
        names.add(thrown.getClass().getSimpleName());
        for (Throwable suppressed : thrown.getSuppressed()) {
            collect(suppressed, names);
        }
        if (thrown.getCause() != null) {
            collect(thrown.getCause(), names);
        }
    }
}
