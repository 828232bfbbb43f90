package org.understudy.site.message;

import java.util.function.Supplier;
import org.understudy.Channel;
import org.understudy.EnvironmentConfig;
import org.understudy.MessageHandler;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.SiteAddress;
import org.understudy.backend.Backend;
import org.understudy.backend.Destination;
import org.understudy.event.Subscription;
import org.understudy.process.RemoteBackend;

/**
 * The channels of a subordinate: what it sends leaves through the process that has the home, and answers come back. That process
 * also passes on what comes to the site and is for handlers here.
 */
public final class SubordinateMessaging implements Messaging {
    /** The most that {@code max-message} may be; what it is, the process that has the home sees to and tells the sender. */
    private static final long LARGEST_BYTES = 64L << 20;

    private final EnvironmentConfig config;
    private final Place place;
    private final Supplier<Backend> backend;
    private final Parts parts;
    private final SubordinateHandlers handlers;

    /** {@code backend} tells what serves the environment now. */
    public SubordinateMessaging(EnvironmentConfig config, Supplier<Backend> backend) {
        this.config = config;
        this.place = Place.of(config);
        this.backend = backend;
        this.parts = new Parts(place, config.partCodec(), LARGEST_BYTES);
        this.handlers = new SubordinateHandlers(place);
    }

    @Override
    public Channel channel(String site) {
        SiteAddress.parse(site);
        return open(new Destination.Site(site));
    }

    @Override
    public Channel channelToMaster() {
        return open(new Destination.Master());
    }

    @Override
    public Channel broadcast() {
        return open(new Destination.Others());
    }

    private Channel open(Destination destination) {
        return new SubordinateChannel(place, backend, parts, destination, config.requestTimeout());
    }

    /** A channel to whoever sent a message: a site, or in an environment without one the environment itself. */
    private Channel backTo(String sender) {
        return open(isSite(sender) ? new Destination.Site(sender) : new Destination.Master());
    }

    private static boolean isSite(String sender) {
        try {
            SiteAddress.parse(sender);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public Subscription onMessage(MessageHandler handler) {
        return register("", handler);
    }

    @Override
    public Subscription onMessage(String topic, MessageHandler handler) {
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("an empty topic is none: register the handler without one");
        }
        return register(SiteChannel.checked(topic), handler);
    }

    private Subscription register(String topic, MessageHandler handler) {
        // Waits until somebody has the home.
        backend.get();
        return handlers.add(topic, handler);
    }

    /** Another process has the home: handlers are registered there from now on. */
    public void moveTo(RemoteBackend home) {
        handlers.moveTo((topic, handler) -> home.handle(topic, (delivery, reply) -> {
            SubordinateMessage message = new SubordinateMessage(delivery, parts, reply, this::backTo);
            handler.handle(message);
            return message.isAnsweredLater();
        }));
    }

    /** This process has the home now. */
    public void moveTo(Messaging own) {
        handlers.moveTo((topic, handler) -> topic.isEmpty() ? own.onMessage(handler) : own.onMessage(topic, handler));
    }
}
