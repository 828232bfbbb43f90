package org.understudy.sample.messages.chat;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.understudy.ReplicationException;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.group.Neighbour;
import org.understudy.sample.common.web.Answer;
import org.understudy.sample.common.web.Button;

/** Says something to all, or asks the master or one site. */
@ApplicationScoped
class Say implements Button {

    @Inject
    Speaker speaker;

    @Inject
    Directory directory;

    @Override
    public String name() {
        return "say";
    }

    @Override
    public Answer press(UnaryOperator<String> parameters) {
        String text = parameters.apply("text").strip();
        if (text.isEmpty() || text.length() > Line.LONGEST_TEXT) {
            return Answer.refused(400, "Say something, in up to " + Line.LONGEST_TEXT + " characters.");
        }
        try {
            return say(parameters.apply("to"), text);
        } catch (ReplicationException e) {
            return Answer.refused(503, e.getMessage());
        }
    }

    private Answer say(String to, String text) {
        if (to.equals("all")) {
            speaker.tellAll(text);
            return Answer.done("Sent to every site that is connected. Nobody says whether it has arrived.");
        }
        if (to.equals("master")) {
            return Answer.done(speaker.askMaster(text));
        }
        Optional<Neighbour> site = directory.numbered(to);
        return site.map(known -> Answer.done(speaker.ask(known, text)))
                .orElseGet(() -> Answer.refused(400, "There is no site " + to + "."));
    }
}
