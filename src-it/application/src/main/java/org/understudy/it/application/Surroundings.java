package org.understudy.it.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What a thread finds that calls: all that a thread of the application has, or what of it is missing. */
@ApplicationScoped
public class Surroundings {

    /** What a thread tells to which nothing is missing. */
    public static final String COMPLETE = "complete";

    @Inject
    Clerk clerk;

    /** {@link #COMPLETE}, or what is missing to the thread that calls. */
    public String tell() {
        List<String> missing = new ArrayList<>();
        if (!isClassLoaderOurs()) {
            missing.add("class loader: " + Thread.currentThread().getContextClassLoader());
        }
        try {
            String name = InitialContext.doLookup("java:comp/env/application");
            if (!name.equals("the application of the integration tests")) {
                missing.add("names: those are of " + name);
            }
        } catch (NamingException e) {
            missing.add("names: " + e);
        }
        try {
            if (!clerk.isInTransaction()) {
                missing.add("transaction: none is active");
            }
        } catch (NamingException | RuntimeException e) {
            missing.add("transaction: " + e);
        }
        return missing.isEmpty() ? COMPLETE : String.join("; ", missing);
    }

    private static boolean isClassLoaderOurs() {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return loader != null && loader.loadClass(Surroundings.class.getName()) == Surroundings.class;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
