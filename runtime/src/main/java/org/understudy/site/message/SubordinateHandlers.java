package org.understudy.site.message;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.ChannelMessage;
import org.understudy.MessageHandler;
import org.understudy.Place;
import org.understudy.event.Subscription;

/** The handlers of a subordinate: registered at whichever process has the home, and anew when that is another. */
final class SubordinateHandlers {
    private static final Logger LOGGER = System.getLogger(SubordinateHandlers.class.getName());

    private final Place place;
    private final Map<String, Registration> byTopic = new ConcurrentHashMap<>();
    private final Map<String, Object> turns = new ConcurrentHashMap<>();
    private volatile Optional<Registrar> current = Optional.empty();

    /** A process that has the home, to which handlers are registered. */
    @FunctionalInterface
    interface Registrar {
        Subscription register(String topic, MessageHandler handler);
    }

    SubordinateHandlers(Place place) {
        this.place = place;
    }

    Subscription add(String topic, MessageHandler handler) {
        Registration added = new Registration(topic, handler);
        if (byTopic.putIfAbsent(topic, added) != null) {
            throw new IllegalStateException("[" + place + "] "
                    + (topic.isEmpty()
                            ? "There is a handler for all messages"
                            : "Topic \"" + topic + "\" has a handler")
                    + " already: close its subscription first");
        }
        try {
            current.ifPresent(added::at);
        } catch (RuntimeException e) {
            added.close();
            throw e;
        }
        return added;
    }

    /** Another process has the home, or this one does: handlers are registered there from now on. */
    void moveTo(Registrar next) {
        current = Optional.of(next);
        byTopic.values().forEach(registration -> registration.moveTo(next));
    }

    /** One handler's being registered. */
    private final class Registration implements Subscription {
        private final String topic;
        private final MessageHandler handler;
        private Optional<Registrar> where = Optional.empty();
        private Subscription there = () -> {};
        private boolean closed;

        Registration(String topic, MessageHandler handler) {
            this.topic = topic;
            this.handler = handler;
        }

        synchronized void at(Registrar registrar) {
            if (!closed && where.filter(registrar::equals).isEmpty()) {
                there = registrar.register(topic, this::handle);
                where = Optional.of(registrar);
            }
        }

        /** A message of a process that is gone may be in hand yet when the next of its sender comes from another. */
        private void handle(ChannelMessage message) throws Exception {
            synchronized (turns.computeIfAbsent(message.sender(), sender -> new Object())) {
                handler.handle(message);
            }
        }

        void moveTo(Registrar registrar) {
            try {
                at(registrar);
            } catch (RuntimeException e) {
                LOGGER.log(
                        Level.WARNING,
                        "USTDY-0424 [" + place + "] the handler for "
                                + (topic.isEmpty() ? "all messages" : "topic \"" + topic + "\"")
                                + " is not registered at the process that has the home now: " + e.getMessage());
            }
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                byTopic.remove(topic, this);
                there.close();
            }
        }
    }
}
