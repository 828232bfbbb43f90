package org.understudy.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.understudy.ChannelMessage;
import org.understudy.Message;

/** The observers of messages, and of which: an environment without one has no handler, and says so to those who ask it. */
final class MessageObservers {

    static final int TOPIC_LENGTH = 255;

    /** What an observer's qualifiers say; empty where they say nothing. */
    private record Interest(Optional<String> environment, Optional<String> topic) {

        static Interest of(Set<Annotation> qualifiers) {
            return new Interest(
                    qualifier(qualifiers, EnvironmentName.class).map(EnvironmentName::value),
                    qualifier(qualifiers, Topic.class).map(Topic::value));
        }

        boolean covers(String name) {
            return environment.isEmpty() || environment.get().equals(name);
        }
    }

    private final List<Interest> interests = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Takes note of an observer method, if it observes messages, of whichever topic and environment. */
    void add(ProcessObserverMethod<?, ?> event) {
        ObserverMethod<?> observer = event.getObserverMethod();
        boolean observes =
                observer.getObservedType() == ChannelMessage.class || observer.getObservedType() == Message.class;
        if (!observes || !observer.getObservedQualifiers().stream().allMatch(MessageObservers::isOurs)) {
            return;
        }
        Interest interest = Interest.of(observer.getObservedQualifiers());
        interests.add(interest);
        interest.topic()
                .flatMap(MessageObservers::problemWith)
                .ifPresent(problem -> problems.add(
                        "The observer " + event.getAnnotatedMethod().getJavaMember() + ": " + problem));
    }

    private static boolean isOurs(Annotation qualifier) {
        return qualifier instanceof EnvironmentName || qualifier instanceof Topic || qualifier instanceof Any;
    }

    private static <A extends Annotation> Optional<A> qualifier(Set<Annotation> qualifiers, Class<A> type) {
        return qualifiers.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** What is wrong with a topic, if anything is. */
    static Optional<String> problemWith(String topic) {
        return topic.isEmpty() || topic.length() > TOPIC_LENGTH
                ? Optional.of("a topic has 1 to " + TOPIC_LENGTH + " characters; @Topic says \"" + topic
                        + "\". Leave it out where no topic is meant")
                : Optional.empty();
    }

    /** What is wrong with them, one sentence each. */
    List<String> problems() {
        return problems;
    }

    /** The topics of an environment that somebody observes; among them the empty one if somebody observes all. */
    Set<String> topics(String environment) {
        Set<String> topics = new LinkedHashSet<>();
        interests.stream()
                .filter(interest -> interest.covers(environment))
                .forEach(interest -> topics.add(interest.topic().orElse("")));
        return topics;
    }
}
