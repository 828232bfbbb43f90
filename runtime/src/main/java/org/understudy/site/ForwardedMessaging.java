package org.understudy.site;

import org.understudy.Channel;
import org.understudy.MessageHandler;
import org.understudy.Messaging;
import org.understudy.event.Subscription;

/** The part of an environment that sends messages: it passes everything on. */
abstract class ForwardedMessaging implements Messaging {
    private final Serving serving;

    ForwardedMessaging(Serving serving) {
        this.serving = serving;
    }

    @Override
    public Channel channel(String site) {
        return serving.messaging().channel(site);
    }

    @Override
    public Channel channelToMaster() {
        return serving.messaging().channelToMaster();
    }

    @Override
    public Channel broadcast() {
        return serving.messaging().broadcast();
    }

    @Override
    public Subscription onMessage(MessageHandler handler) {
        return serving.messaging().onMessage(handler);
    }

    @Override
    public Subscription onMessage(String topic, MessageHandler handler) {
        return serving.messaging().onMessage(topic, handler);
    }
}
