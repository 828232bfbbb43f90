package org.understudy.cdi;

import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.understudy.Channel;
import org.understudy.Environment;
import org.understudy.SiteAddress;

/**
 * An injection point of a channel.
 *
 * @param toMaster whether it is to lead to the master
 * @param toAll whether it is to lead to all
 * @param toSite the site that it is to lead to
 * @param environment the environment it names
 * @param topic the topic it names
 * @param place the injection point, for people
 */
record ChannelWish(
        boolean toMaster,
        boolean toAll,
        Optional<String> toSite,
        Optional<String> environment,
        Optional<String> topic,
        String place) {

    static ChannelWish of(InjectionPoint point) {
        return new ChannelWish(
                Wishes.qualifier(point, ToMaster.class).isPresent(),
                Wishes.qualifier(point, ToAll.class).isPresent(),
                Wishes.qualifier(point, ToSite.class).map(ToSite::value),
                Wishes.qualifier(point, EnvironmentName.class).map(EnvironmentName::value),
                Wishes.qualifier(point, Topic.class).map(Topic::value),
                Wishes.place(point));
    }

    /** Whether it is ours, and not a channel that the application makes itself. */
    boolean isOurs() {
        return targets() > 0 || environment.isPresent() || topic.isPresent();
    }

    private long targets() {
        return Stream.of(toMaster, toAll, toSite.isPresent())
                .filter(Boolean::booleanValue)
                .count();
    }

    /** The channel of an environment that it asks for. */
    Channel open(Environment opened) {
        Channel channel = toMaster
                ? opened.channelToMaster()
                : toSite.map(opened::channel).orElseGet(opened::broadcast);
        return topic.map(channel::topic).orElse(channel);
    }

    /** What is wrong with it, one sentence each. */
    List<String> problems() {
        return Stream.of(targetProblem(), siteProblem(), topic.flatMap(MessageObservers::problemWith))
                .flatMap(Optional::stream)
                .map(problem -> place + ": " + problem)
                .toList();
    }

    private Optional<String> targetProblem() {
        return targets() == 1
                ? Optional.empty()
                : Optional.of("a channel leads to one target: say it with one of @ToMaster, @ToSite and @ToAll");
    }

    private Optional<String> siteProblem() {
        try {
            toSite.ifPresent(SiteAddress::parse);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("@ToSite names no site: " + e.getMessage());
        }
    }
}
