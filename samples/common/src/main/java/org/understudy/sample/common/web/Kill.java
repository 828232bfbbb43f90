package org.understudy.sample.common.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.understudy.sample.common.Chores;

/** Ends this process at once, if whoever started it allows it: it may be a server that others use, too. */
@ApplicationScoped
class Kill implements Button {

    /** As after {@code kill -9}. */
    private static final int KILLED = 137;

    private static final long ANSWER_MILLIS = 100;

    @Inject
    @ConfigProperty(name = "sample.kill", defaultValue = "false")
    boolean allowed;

    @Inject
    Chores chores;

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public Answer press(UnaryOperator<String> parameters) {
        if (!allowed) {
            return Answer.refused(403, "This site may not be killed from its page: sample.kill is not true.");
        }
        chores.in(ANSWER_MILLIS, () -> Runtime.getRuntime().halt(KILLED));
        return Answer.done("This process is gone.");
    }
}
