package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongFunction;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.DatabaseDigest;
import org.understudy.EnvironmentDigest;
import org.understudy.Message;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.thread.LibraryThread;

/** Digests of other sites' data, asked for over a channel under a topic of the library's own; one at a time at each site. */
final class RemoteDigests {
    /** Who sends something else under it is told that it is no LSN. */
    static final String TOPIC = "understudy.digest";

    private static final Logger LOGGER = System.getLogger(RemoteDigests.class.getName());
    private static final String MADE = "made";
    private static final String REFUSED = "refused";
    private static final int HEAD = 3;
    private static final int PER_DATABASE = 3;

    private final Place place;
    private final Messaging messaging;
    private final AtomicBoolean busy = new AtomicBoolean();

    RemoteDigests(Place place, Messaging messaging) {
        this.place = place;
        this.messaging = messaging;
    }

    /** Answers other sites; {@code digest} makes one of this site's data. */
    void answerWith(LongFunction<EnvironmentDigest> digest) {
        messaging.onMessage(TOPIC, message -> {
            if (!message.wantsReply()) {
                return;
            }
            if (!busy.compareAndSet(false, true)) {
                message.reply(REFUSED, "it is making another digest: ask again when that is done");
                return;
            }
            message.replyLater();
            LibraryThread.create("understudy-digest-for-" + message.sender(), () -> answer(message, digest))
                    .start();
        });
    }

    private void answer(ChannelMessage message, LongFunction<EnvironmentDigest> digest) {
        try {
            message.reply(made(message, digest));
        } catch (RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0461 [" + place + "] the digest that site " + message.sender() + " asked for goes nowhere",
                    e);
        } finally {
            busy.set(false);
        }
    }

    private static Object[] made(ChannelMessage message, LongFunction<EnvironmentDigest> digest) {
        try {
            return parts(digest.apply(Long.parseLong(message.text())));
        } catch (RuntimeException e) {
            return new Object[] {REFUSED, String.valueOf(e.getMessage())};
        }
    }

    /** Asks a site for one. */
    CompletionStage<EnvironmentDigest> ask(String site, long lsn, Duration timeout) {
        Channel channel = messaging.channel(site);
        return channel.topic(TOPIC)
                .requestAsync(timeout, String.valueOf(lsn))
                .whenComplete((answer, failure) -> channel.close())
                .thenApply(answer -> digest(site, lsn, answer));
    }

    private static Object[] parts(EnvironmentDigest digest) {
        List<String> parts = new ArrayList<>(List.of(
                MADE,
                String.valueOf(digest.standing().generation()),
                String.valueOf(digest.standing().lsn())));
        digest.databases()
                .forEach((name, database) ->
                        parts.addAll(List.of(name, String.valueOf(database.keys()), database.sha256())));
        return parts.toArray();
    }

    private EnvironmentDigest digest(String site, long lsn, Message answer) {
        if (!answer.text().equals(MADE)) {
            throw new UnavailableException(
                    place, "Site " + site + " makes no digest of LSN " + lsn + ": " + answer.text(1));
        }
        TreeMap<String, DatabaseDigest> databases = new TreeMap<>();
        for (int i = HEAD; i < answer.size(); i += PER_DATABASE) {
            databases.put(answer.text(i), new DatabaseDigest(Long.parseLong(answer.text(i + 1)), answer.text(i + 2)));
        }
        return new EnvironmentDigest(
                new Standing(Long.parseLong(answer.text(1)), Long.parseLong(answer.text(2))), databases);
    }
}
