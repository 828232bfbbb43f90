package org.understudy.site.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.Channel;
import org.understudy.ChannelClosedException;
import org.understudy.ChannelStatus;
import org.understudy.EnvironmentClosedException;
import org.understudy.EnvironmentConfig;
import org.understudy.Message;
import org.understudy.MessageHandler;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.SiteAddress;
import org.understudy.UnavailableException;
import org.understudy.backend.Reception;
import org.understudy.event.Subscription;
import org.understudy.net.AnswerLine;
import org.understudy.net.Handed;
import org.understudy.net.MessageFrame.Answer;
import org.understudy.net.MessageFrame.NoAnswer;
import org.understudy.net.MessageFrame.Post;
import org.understudy.net.MessageFrame.Unanswered;
import org.understudy.net.MessageFrame.Withdrawal;
import org.understudy.net.MessageLine;
import org.understudy.net.MessageLines;
import org.understudy.net.MessageListener;

/** Sends the application's messages where they belong, this site included, and gives those that come to their handlers. */
public final class Messenger implements Messaging, Reception, MessageListener {
    private static final long ONE_WAY = 0;

    private final EnvironmentConfig config;
    private final Place place;
    private final String self;
    private final Runnable usable;
    private final MessageCounts counts = new MessageCounts();
    private final Parts parts;
    private final Deliveries deliveries;
    private final OutstandingRequests outstanding;
    private volatile MessageLines lines = MessageLines.NONE;
    private volatile Supplier<Optional<String>> master;
    private volatile boolean closed;

    /** One that only knows this site yet; {@code usable} throws where the environment can't be used. */
    public Messenger(EnvironmentConfig config, Runnable usable) {
        this.config = config;
        this.place = Place.of(config);
        this.self = config.localSite().orElse(config.name());
        this.usable = usable;
        this.parts = new Parts(place, config.partCodec(), config.maxMessageBytes());
        this.deliveries = new Deliveries(config, parts, counts, this::backTo);
        this.outstanding = new OutstandingRequests(place, counts);
        this.master = () -> Optional.of(self);
    }

    /** Says how other sites are reached, and who is master now. */
    public void begin(MessageLines others, Supplier<Optional<String>> masterNow) {
        lines = others;
        master = masterNow;
    }

    // ---- what the application asks ----

    @Override
    public Channel channel(String site) {
        SiteAddress.parse(site);
        return open(new Target.Site(site));
    }

    @Override
    public Channel channelToMaster() {
        return open(new Target.Master());
    }

    @Override
    public Channel broadcast() {
        return open(new Target.Others());
    }

    private Channel open(Target target) {
        usable.run();
        return new SiteChannel(this, new ChannelLife(), target, "", config.requestTimeout());
    }

    @Override
    public Subscription onMessage(MessageHandler handler) {
        usable.run();
        return deliveries.handlers().add("", handler::handle);
    }

    @Override
    public Subscription onMessage(String topic, MessageHandler handler) {
        usable.run();
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("an empty topic is none: register the handler without one");
        }
        return deliveries.handlers().add(SiteChannel.checked(topic), handler::handle);
    }

    @Override
    public Subscription receive(String topic, Taker taker) {
        usable.run();
        return deliveries.handlers().add(SiteChannel.checked(topic), message -> taker.take(new PassedOn(message)));
    }

    void send(ChannelLife life, Target target, String topic, Object... content) {
        check(life);
        List<byte[]> encoded = parts.encode("The message", content);
        if (target instanceof Target.Others) {
            broadcast(topic, encoded);
            return;
        }
        String site = siteOf(target);
        if (site.equals(self)) {
            loopBack(topic, encoded, ONE_WAY);
        } else {
            hand(line(site), new Post(ONE_WAY, topic, encoded));
        }
    }

    private void broadcast(String topic, List<byte[]> encoded) {
        List<String> full = new ArrayList<>();
        Post post = new Post(ONE_WAY, topic, encoded);
        for (MessageLine line : lines.all()) {
            Handed handed = line.send(post);
            if (handed == Handed.TAKEN) {
                counts.sent.increment();
            } else if (handed == Handed.FULL) {
                counts.refused.increment();
                full.add(line.site());
            }
        }
        if (!full.isEmpty()) {
            throw new UnavailableException(
                    place,
                    false,
                    "More than message-queue waits for " + full
                            + ": the message was not sent there, but to all others that" + " are connected");
        }
    }

    Message request(ChannelLife life, Target target, String topic, Duration timeout, Object... content) {
        PendingRequest request = begin(life, target, topic, false, content);
        if (!request.await(timeout)) {
            outstanding.timeOut(request, timeout);
        }
        try {
            return request.outcome().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    CompletionStage<Message> requestAsync(
            ChannelLife life, Target target, String topic, Duration timeout, Object... content) {
        PendingRequest request = begin(life, target, topic, true, content);
        return outstanding.staged(request, timeout);
    }

    private PendingRequest begin(ChannelLife life, Target target, String topic, boolean staged, Object... content) {
        check(life);
        if (target instanceof Target.Others) {
            throw new IllegalStateException(
                    "[" + place + "] A channel to all sites can't ask for an answer: send a message"
                            + " and let the sites send theirs back, or ask each over a channel of its own");
        }
        String site = siteOf(target);
        boolean local = site.equals(self);
        if (local && !staged && deliveries.inbox(self).isCurrent()) {
            throw new IllegalStateException(
                    "[" + place + "] This handler would wait for itself: it handles a message of this"
                            + " site, and the next is handled when it returns; use requestAsync");
        }
        List<byte[]> encoded = parts.encode("The request", content);
        Optional<MessageLine> line = local ? Optional.empty() : Optional.of(line(site));
        PendingRequest request = outstanding.begin(life, site, topic, line, staged);
        try {
            if (local) {
                ReceivedMessage message = loopBack(topic, encoded, request.number());
                request.withdrawnBy(message::withdrawn);
            } else {
                hand(line.get(), new Post(request.number(), topic, encoded));
                request.withdrawnBy(() -> line.get().send(new Withdrawal(request.number())));
            }
            check(life);
        } catch (RuntimeException e) {
            outstanding.forget(request);
            throw e;
        }
        counts.requests.increment();
        return request;
    }

    private String siteOf(Target target) {
        if (target instanceof Target.Site site) {
            return site.name();
        }
        return master.get()
                .orElseThrow(() -> new UnavailableException(
                        place, "No master is known now, so there is nobody to send to: try again once one is"));
    }

    private MessageLine line(String site) {
        return lines.find(site).orElseThrow(() -> gone(site));
    }

    private void hand(MessageLine line, Post post) {
        Handed handed = line.send(post);
        if (handed == Handed.GONE) {
            throw gone(line.site());
        } else if (handed == Handed.FULL) {
            throw full(line.site());
        }
        counts.sent.increment();
    }

    private RuntimeException gone(String site) {
        if (lines.takesNone(site)) {
            return new UnavailableException(
                    place,
                    "Site " + site + " runs a release without message channels; nothing was sent: upgrade that site");
        }
        return new UnavailableException(
                place, "Site " + site + " is not connected; nothing was sent: try again when it is back");
    }

    private RuntimeException full(String site) {
        counts.refused.increment();
        return new UnavailableException(
                place,
                "More than message-queue (" + config.messageQueueBytes() + " bytes) waits for site " + site
                        + "; nothing was sent: send more slowly, or raise that option");
    }

    private void check(ChannelLife life) {
        usable.run();
        if (closed) {
            throw environmentClosed();
        } else if (life.isClosed()) {
            throw channelClosed();
        }
    }

    void close(ChannelLife life) {
        life.close();
        outstanding.failAll(request -> request.life() == life, request -> {
            request.withdraw();
            return channelClosed();
        });
    }

    private RuntimeException channelClosed() {
        return new ChannelClosedException(place, "The channel is closed; open another one");
    }

    private RuntimeException environmentClosed() {
        return new EnvironmentClosedException(place, "The environment is closed; open it anew");
    }

    // ---- messages to this site ----

    private ReceivedMessage loopBack(String topic, List<byte[]> encoded, long request) {
        Inbox inbox = deliveries.inbox(self);
        if (inbox.isFull()) {
            throw full(self);
        }
        counts.sent.increment();
        ReceivedMessage message = deliveries.received(topic, self, encoded, request != ONE_WAY, new AnswerPath() {
            @Override
            public Handed answer(List<byte[]> answer) {
                outstanding.answered(request, asked -> new Content(asked.topic(), self, answer, parts.codec()));
                return Handed.TAKEN;
            }

            @Override
            public void fail(NoAnswer why) {
                outstanding.unanswered(request, why);
            }
        });
        inbox.add(message);
        return message;
    }

    private Channel backTo(String sender) {
        return open(new Target.Site(sender));
    }

    // ---- what the network tells ----

    @Override
    public Incoming opened(AnswerLine line) {
        return new Correspondence(deliveries, line, counts);
    }

    @Override
    public void answered(MessageLine line, Answer answer) {
        outstanding.answered(
                answer.request(), request -> new Content(request.topic(), line.site(), answer.parts(), parts.codec()));
    }

    @Override
    public void unanswered(MessageLine line, Unanswered unanswered) {
        outstanding.unanswered(unanswered.request(), unanswered.why());
    }

    @Override
    public void lost(MessageLine line, String reason, long dropped) {
        counts.dropped.add(dropped);
        outstanding.failAll(
                request -> request.line().filter(way -> way == line).isPresent(),
                request -> new UnavailableException(
                        place,
                        false,
                        "The connection to site " + line.site() + " was lost (" + reason
                                + ") before the answer came; the request may have been handled: ask again if that does no"
                                + " harm"));
    }

    // ---- status and end ----

    /** What went through channels. */
    public ChannelStatus status() {
        return new ChannelStatus(
                counts.sent.sum(),
                counts.received.sum(),
                counts.requests.sum(),
                counts.answered.sum(),
                counts.timeouts.sum(),
                counts.lateAnswers.sum(),
                counts.refused.sum(),
                counts.dropped.sum(),
                counts.unhandled.sum(),
                lines.all().stream().mapToLong(MessageLine::queuedBytes).sum(),
                deliveries.waitingBytes());
    }

    /** Ends requests and begins no handler any more; waits for those that are busy, but not for the one it is called from. */
    public void close() {
        closed = true;
        outstanding.failAll(request -> true, request -> environmentClosed());
        outstanding.close();
        deliveries.close();
    }
}
