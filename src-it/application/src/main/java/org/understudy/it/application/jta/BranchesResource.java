package org.understudy.it.application.jta;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.understudy.Environment;
import org.understudy.cdi.EnvironmentName;

/** Transactions of two resources, one of which is the ledger, where the application was deployed with {@code understudy.jta=xa}. */
@RequestScoped
@Path("branches/{name}")
@Produces(MediaType.TEXT_PLAIN)
public class BranchesResource {

    @Inject
    Books books;

    @Inject
    @EnvironmentName("ledger")
    Environment ledger;

    @PathParam("name")
    String name;

    /** What the ledger holds under the name, and how many branches wait there. */
    @GET
    public String found() throws Exception {
        return books.inNone(() -> books.read(name)) + " " + ledger.prepared().size();
    }

    /** Is prepared and committed with resources before and behind it, and tells what these saw. */
    @POST
    @Path("commit")
    public String commit() throws Exception {
        Watching before = new Watching(ledger);
        Watching behind = new Watching(ledger);
        books.inOne(() -> {
            TransactionManager manager = Managers.find();
            manager.getTransaction().enlistResource(before);
            books.write(name, "1");
            manager.getTransaction().enlistResource(behind);
            return books.read(name);
        });
        int promised = Math.max(before.seenPreparing(), behind.seenPreparing());
        return "promised " + promised + ", others committed " + (before.committed() + behind.committed());
    }

    /** Is prepared, and rolled back because another refuses. */
    @POST
    @Path("refuse")
    public String refuse() {
        try {
            return books.inOne(() -> {
                TransactionManager manager = Managers.find();
                manager.getTransaction().enlistResource(new Refusing());
                books.write(name, "1");
                manager.getTransaction().enlistResource(new Refusing());
                return "committed";
            });
        } catch (Exception e) {
            return "rolled back";
        }
    }

    /** Conflicts with another that was committed meanwhile, and is rolled back before anything is promised. */
    @POST
    @Path("conflict")
    public String conflict() {
        try {
            return books.inOne(() -> {
                Managers.find().getTransaction().enlistResource(new Watching(ledger));
                books.read(name);
                books.write(name, "mine");
                return books.inNone(() -> books.write(name, "another").toString());
            });
        } catch (Exception e) {
            return "rolled back";
        }
    }
}
