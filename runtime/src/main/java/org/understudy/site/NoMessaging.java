package org.understudy.site;

import org.understudy.Channel;
import org.understudy.EnvironmentConfig;
import org.understudy.MessageHandler;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.event.Subscription;

/** The channels of a subordinate, which has none: messages are sent and handled by the process that has the home. */
final class NoMessaging implements Messaging {
    private final Place place;

    NoMessaging(EnvironmentConfig config) {
        this.place = Place.of(config);
    }

    private RuntimeException refused() {
        return new UnavailableException(
                place,
                false,
                "Another process has the home, and message channels are that one's: send and handle messages there");
    }

    @Override
    public Channel channel(String site) {
        throw refused();
    }

    @Override
    public Channel channelToMaster() {
        throw refused();
    }

    @Override
    public Channel broadcast() {
        throw refused();
    }

    @Override
    public Subscription onMessage(MessageHandler handler) {
        throw refused();
    }

    @Override
    public Subscription onMessage(String topic, MessageHandler handler) {
        throw refused();
    }
}
