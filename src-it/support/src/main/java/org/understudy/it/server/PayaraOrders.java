package org.understudy.it.server;

import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.PayaraMicroLauncher;
import java.nio.file.Path;

/** Deploys in a running Payara Micro, which has no other way to be told. Runs there; what came of it is in the log. */
public final class PayaraOrders {

    private static final String BETWEEN = "\t";

    private PayaraOrders() {}

    /** The order to deploy a war under a name. */
    static String deploy(String application, Path war) {
        return application + BETWEEN + war;
    }

    /** The order to undeploy what is deployed under a name. */
    static String undeploy(String application) {
        return application;
    }

    /** What is said when either is done, or refused. */
    static String done(String application) {
        return "The leash has told the server about " + application;
    }

    /** Does what an order says. */
    public static void heard(String order) throws Exception {
        String[] words = order.split(BETWEEN);
        PayaraMicroRuntime runtime = PayaraMicroLauncher.getBootClass().getRuntime();
        if (words.length > 1) {
            runtime.deploy(words[0], words[0], Path.of(words[1]).toFile());
        } else {
            runtime.undeploy(words[0]);
        }
        System.out.println(done(words[0]));
    }
}
