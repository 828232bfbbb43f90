package org.understudy.sample.common.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import org.understudy.sample.common.Chores;
import org.understudy.sample.common.group.Terminal;

/** Ends this process at once, where the terminal can start it again. */
@ApplicationScoped
class Kill implements Button {

    /** As after {@code kill -9}. */
    private static final int KILLED = 137;

    private static final long ANSWER_MILLIS = 100;

    @Inject
    Terminal terminal;

    @Inject
    Chores chores;

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public Answer press(UnaryOperator<String> parameters) {
        if (!terminal.isThere()) {
            return Answer.refused(
                    403, "This site may not be killed from its page: the sample's terminal has not started it.");
        }
        chores.in(ANSWER_MILLIS, () -> Runtime.getRuntime().halt(KILLED));
        return Answer.done("This process is gone.");
    }
}
