package org.understudy.it.helidon;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.understudy.ChannelMessage;
import org.understudy.cdi.EnvironmentName;
import org.understudy.cdi.Topic;
import org.understudy.event.ReplicationEvent;

/** Hears the events of the default environment in both ways there are, and answers messages. */
@ApplicationScoped
public class Ears {

    private final List<String> atOnce = new CopyOnWriteArrayList<>();
    private final List<String> later = new CopyOnWriteArrayList<>();

    void hear(@Observes @EnvironmentName("default") ReplicationEvent event) {
        atOnce.add(line(event));
    }

    void hearLater(@ObservesAsync @EnvironmentName("default") ReplicationEvent event) {
        later.add(line(event));
    }

    void greet(@Observes @Topic("greet") ChannelMessage message) {
        message.reply("hello " + message.text());
    }

    private static String line(ReplicationEvent event) {
        boolean ours = Thread.currentThread().getContextClassLoader() == Ears.class.getClassLoader();
        return event.origin().sequence() + " " + event.getClass().getSimpleName() + (ours ? "" : " in another context");
    }

    /** What was heard, in the order in which it came: number and class of each event. */
    public List<String> heard(String way) {
        return way.equals("later") ? later : atOnce;
    }
}
