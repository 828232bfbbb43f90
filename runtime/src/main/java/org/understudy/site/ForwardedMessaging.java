package org.understudy.site;

import org.understudy.Channel;
import org.understudy.MessageHandler;
import org.understudy.Messaging;
import org.understudy.event.Subscription;

/** The part of an environment that sends messages: it passes everything on. */
abstract class ForwardedMessaging implements Messaging {
    private final Messaging messaging;

    ForwardedMessaging(Messaging messaging) {
        this.messaging = messaging;
    }

    @Override
    public Channel channel(String site) {
        return messaging.channel(site);
    }

    @Override
    public Channel channelToMaster() {
        return messaging.channelToMaster();
    }

    @Override
    public Channel broadcast() {
        return messaging.broadcast();
    }

    @Override
    public Subscription onMessage(MessageHandler handler) {
        return messaging.onMessage(handler);
    }

    @Override
    public Subscription onMessage(String topic, MessageHandler handler) {
        return messaging.onMessage(topic, handler);
    }
}
