package org.understudy.net;

import java.time.Duration;
import java.util.Optional;
import org.understudy.net.Handshake.Greeting;
import org.understudy.protocol.ConnectionKind;

/** Tries to connect to one site: when asked, and as long as it is wanted again and again with growing pauses. */
final class Dialler implements Dial.Outcome {
    private final Station station;
    private final RemoteSite remote;
    private final Backoff backoff;
    private Optional<Dial> dial = Optional.empty();
    private Optional<Long> timer = Optional.empty();
    private boolean wanted;

    Dialler(Station station, RemoteSite remote) {
        this.station = station;
        this.remote = remote;
        this.backoff = station.backoff();
    }

    /** Whether to go on trying until there is a connection. */
    void want(boolean now) {
        if (wanted && !now) {
            abandon();
        } else if (now && !remote.isConnected() && timer.isEmpty()) {
            dial();
        }
        wanted = now;
    }

    boolean isWanted() {
        return wanted;
    }

    /** Whether nothing is under way and nothing will be. */
    boolean isIdle() {
        return !wanted && dial.isEmpty();
    }

    /** Whether a dial waits for the other's answer to our greeting. */
    boolean hasGreeted() {
        return dial.isPresent() && dial.get().hasGreeted();
    }

    /** Makes an attempt at once, unless one is under way. */
    void dial() {
        if (dial.isPresent() || remote.isConnected() || station.isClosed()) {
            return;
        }
        cancelTimer();
        Dial attempt = new Dial(station, remote.name(), ConnectionKind.MAIN, remote.lastAccepted(), this);
        dial = Optional.of(attempt);
        attempt.start();
    }

    /** Gives up what is under way, for there is a connection now, or none is wanted. */
    void abandon() {
        cancelTimer();
        Optional<Dial> attempt = dial;
        dial = Optional.empty();
        attempt.ifPresent(Dial::cancel);
    }

    /** The connection is gone; one that stood for a while is dialled again at once. */
    void lost(Duration stood) {
        if (!wanted) {
            return;
        }
        if (stood.compareTo(station.options().connectionRetry()) >= 0) {
            backoff.reset();
            dial();
        } else {
            dialLater();
        }
    }

    @Override
    public void answered(Dial attempt, Connection connection, Greeting answer) {
        dial = Optional.empty();
        remote.establish(connection, answer, attempt.id(), true);
    }

    @Override
    public void failed(Dial attempt, String reason) {
        dial = Optional.empty();
        station.counts().countTryFailed();
        station.tell(() -> station.listener().connectFailed(remote.name(), reason));
        dialLater();
    }

    @Override
    public void busy(Dial attempt, String reason) {
        if (wanted) {
            dial = Optional.empty();
            dialLater();
        } else {
            failed(attempt, reason);
        }
    }

    private void dialLater() {
        if (wanted) {
            timer = Optional.of(station.timer(Duration.ofMillis(backoff.nextMillis()), () -> {
                timer = Optional.empty();
                dial();
            }));
        } else {
            remote.forgetIfIdle();
        }
    }

    private void cancelTimer() {
        timer.ifPresent(station::cancelTimer);
        timer = Optional.empty();
    }
}
