package org.understudy.sample.common.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.understudy.Environment;
import org.understudy.ReplicationException;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.group.Neighbour;

/** Makes another site master. Can be asked of any site. */
@ApplicationScoped
class MakeMaster implements Button {

    @Inject
    Environment environment;

    @Inject
    Directory directory;

    @Override
    public String name() {
        return "master";
    }

    @Override
    public Answer press(UnaryOperator<String> parameters) {
        Optional<Neighbour> target = directory.numbered(parameters.apply("site"));
        if (target.isEmpty()) {
            return Answer.refused(400, "There is no site " + parameters.apply("site") + ".");
        }
        try {
            environment.transferMastership(target.get().site());
            return Answer.done(target.get().title() + " is master now.");
        } catch (ReplicationException e) {
            return Answer.refused(503, e.getMessage());
        }
    }
}
