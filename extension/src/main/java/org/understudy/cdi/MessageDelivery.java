package org.understudy.cdi;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.MessageHandler;
import org.understudy.UnavailableException;
import org.understudy.cdi.mastership.MasterOnlyCalls;

/**
 * Brings the messages that come to an environment to the application's observers, on the thread that handles messages of
 * that sender: to the synchronous ones one after the other, then to the asynchronous ones, which it waits for. So the next
 * message of that sender comes when all have dealt with this one.
 */
final class MessageDelivery implements MessageHandler {

    private static final Logger LOG = System.getLogger(MessageDelivery.class.getName());

    private final String environment;
    private final BeanManager beanManager;
    private final Executor context;
    private final ObserverCalls observers;
    private final Set<String> topics;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();

    /** {@code topics} are those that somebody observes, the empty one for all. */
    MessageDelivery(
            String environment,
            BeanManager beanManager,
            Executor context,
            ObserverCalls observers,
            Set<String> topics) {
        this.environment = environment;
        this.beanManager = beanManager;
        this.context = context;
        this.observers = observers;
        this.topics = topics;
    }

    /**
     * Handles the messages of an environment that somebody observes. What another process of its home handles already that one
     * goes on handling; it is asked for again when this process takes the home over (protocol.md §11).
     */
    void handleThoseOf(Environment opened) {
        Set<String> wanted = topics.contains("") ? Set.of("") : topics;
        wanted.stream().filter(topic -> !registered.contains(topic)).forEach(topic -> register(opened, topic));
    }

    private void register(Environment opened, String topic) {
        try {
            if (topic.isEmpty()) {
                opened.onMessage(this);
            } else {
                opened.onMessage(topic, this);
            }
            registered.add(topic);
        } catch (IllegalStateException | UnavailableException e) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0835 [" + environment + "] observers of "
                            + (topic.isEmpty() ? "messages" : "topic \"" + topic + "\"") + " hear nothing for now: "
                            + e.getMessage());
        }
    }

    @Override
    public void handle(ChannelMessage message) throws Exception {
        if (MasterOnlyCalls.areCalls(message.topic())) {
            throw new IllegalStateException("This application has no method of that name and these parameters that says"
                    + " @MasterOnly(otherwise = FORWARD): the sites run different versions of it");
        }
        Set<Annotation> qualifiers = Set.of(EnvironmentName.Literal.of(environment), Topic.Literal.of(message.topic()));
        List<Throwable> failures = new ArrayList<>();
        context.execute(() -> {
            observers.tell(message, qualifiers, (observer, failure) -> failures.add(failure));
            if (observers.areAsync(message, qualifiers)) {
                tellAsync(message, qualifiers, failures);
            }
        });
        throwFirst(failures);
    }

    private void tellAsync(ChannelMessage message, Set<Annotation> qualifiers, List<Throwable> failures) {
        try {
            beanManager
                    .getEvent()
                    .select(ObserverCalls.array(qualifiers))
                    .fireAsync(message)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            failures.addAll(e.getSuppressed().length > 0 ? List.of(e.getSuppressed()) : List.of(e.getCause()));
        }
    }

    /** One that throws keeps the message from nobody, but it tells on. */
    private static void throwFirst(List<Throwable> failures) throws Exception {
        if (failures.isEmpty()) {
            return;
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
        if (first instanceof Error error) {
            throw error;
        }
        throw (Exception) first;
    }
}
