package org.understudy.net;

import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the transport logs. Others can cause these lines as often as they like, so each is logged once a minute only, and
 * then says how often it was left out.
 */
final class NetLog {
    private static final long SILENCE_NANOS = 60_000_000_000L;
    private static final int MAX_REMEMBERED = 256;

    private final System.Logger logger;
    private final LongSupplier nanoTime;
    private final Map<String, Silence> silences = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Silence> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    NetLog(System.Logger logger, LongSupplier nanoTime) {
        this.logger = logger;
        this.nanoTime = nanoTime;
    }

    void refusedIncoming(String local, String address, String reason) {
        log(
                Level.WARNING,
                "USTDY-0401",
                "site " + local + " refused a connection from " + host(address) + ": " + reason);
    }

    void refusedByOther(String local, String site, String reason) {
        log(Level.WARNING, "USTDY-0402", "site " + local + " was refused by site " + site + ": " + reason);
    }

    void connected(String local, String site) {
        log(Level.INFO, "USTDY-0403", "site " + local + " is connected to site " + site);
    }

    void disconnected(String local, String site, String reason) {
        log(Level.INFO, "USTDY-0404", "site " + local + " lost its connection to site " + site + ": " + reason);
    }

    void bulkLost(String local, String site, String reason) {
        log(Level.INFO, "USTDY-0405", "site " + local + " lost a bulk connection to site " + site + ": " + reason);
    }

    void messagesLost(String local, String site, String reason, long dropped) {
        log(
                dropped > 0 ? Level.WARNING : Level.INFO,
                "USTDY-0408",
                "site " + local + " lost a connection for messages to site " + site + ": " + reason
                        + (dropped > 0 ? "; messages that waited to leave are dropped" : ""));
    }

    void tooMany(String local, int max) {
        log(Level.WARNING, "USTDY-0406", "site " + local + " has " + max + " connections, its limit, and refuses more");
    }

    void failed(String local, String address, Throwable failure) {
        logger.log(
                Level.ERROR,
                "USTDY-0407 site " + local + " closes the connection to " + address + ": it failed",
                failure);
    }

    private void log(Level level, String id, String text) {
        long now = nanoTime.getAsLong();
        Silence silence = silences.get(text);
        if (silence != null && now - silence.sinceNanos < SILENCE_NANOS) {
            silence.leftOut++;
            return;
        }
        String more =
                silence == null || silence.leftOut == 0 ? "" : " (and " + silence.leftOut + " times since last said)";
        silences.remove(text);
        silences.put(text, new Silence(now));
        logger.log(level, id + " " + text + more);
    }

    /** Without the port, which is another one each time. */
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    private static final class Silence {
        private final long sinceNanos;
        private int leftOut;

        Silence(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }
}
