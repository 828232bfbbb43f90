package org.understudy.it.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.understudy.ChannelMessage;
import org.understudy.cdi.Topic;

/** Answers what other sites ask. */
@ApplicationScoped
public class Desk {

    @Inject
    Surroundings surroundings;

    void greet(@Observes @Topic("greet") ChannelMessage message) {
        message.reply("hello " + message.text(), surroundings.tell());
    }
}
