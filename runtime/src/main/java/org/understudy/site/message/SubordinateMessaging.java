package org.understudy.site.message;

import java.util.function.Supplier;
import org.understudy.Channel;
import org.understudy.EnvironmentConfig;
import org.understudy.MessageHandler;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.SiteAddress;
import org.understudy.UnavailableException;
import org.understudy.backend.Backend;
import org.understudy.backend.Destination;
import org.understudy.event.Subscription;

/**
 * The channels of a subordinate: what it sends leaves through the process that has the home, and answers come back. Messages to
 * this site are that process's to handle.
 */
public final class SubordinateMessaging implements Messaging {
    private final EnvironmentConfig config;
    private final Place place;
    private final Supplier<Backend> backend;
    private final Parts parts;

    /** {@code backend} tells what serves the environment now. */
    public SubordinateMessaging(EnvironmentConfig config, Supplier<Backend> backend) {
        this.config = config;
        this.place = Place.of(config);
        this.backend = backend;
        this.parts = new Parts(place, config.partCodec(), config.maxMessageBytes());
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

    @Override
    public Subscription onMessage(MessageHandler handler) {
        throw handledElsewhere();
    }

    @Override
    public Subscription onMessage(String topic, MessageHandler handler) {
        throw handledElsewhere();
    }

    private RuntimeException handledElsewhere() {
        return new UnavailableException(
                place,
                false,
                "Another process has the home, and the messages that come to this site are for its handlers: register the"
                        + " handler there");
    }
}
