package org.understudy.site;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.understudy.JoinFailureException;
import org.understudy.LocalSiteRemovedException;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.protocol.Hold;
import org.understudy.protocol.ReplicaView;

/** Those who wait until this site is of use: a member that knows its master and is up to date with it. On the loop. */
final class Readiness {
    private record Waiting(CompletableFuture<Void> stage, long deadlineNanos) {}

    private final Place place;
    private final boolean elections;
    private final List<Waiting> waiting = new ArrayList<>();

    /** Where there are no elections, nobody waits for a master: the application that waits may have to name it. */
    Readiness(Place place, boolean elections) {
        this.place = place;
        this.elections = elections;
    }

    /** Completes the stage once the site is ready, or fails it at the deadline. */
    void await(CompletableFuture<Void> stage, long deadlineNanos) {
        waiting.add(new Waiting(stage, deadlineNanos));
    }

    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /** Tells those who need wait no longer. */
    void look(ReplicaView view, long nowNanos) {
        String reason = view.unready().orElse("");
        boolean masterless = !elections && view.master().isEmpty();
        if (view.removed()) {
            failAll(new LocalSiteRemovedException(
                    place,
                    "The group has removed this site. If it was connected when that happened, start() once more joins it"
                            + " anew; if not, empty its home first"));
        } else if (reason.isEmpty() || view.hold() == Hold.SYNCHRONISATION || masterless) {
            waiting.forEach(each -> each.stage().completeAsync(() -> null));
            waiting.clear();
        } else if (view.hold() == Hold.ROLLBACK) {
            failAll(new UnavailableException(place, "Not ready: " + reason));
        } else if (view.hold() == Hold.INITIALISATION) {
            failAll(new JoinFailureException(place, reason));
        } else {
            waiting.removeIf(each -> {
                boolean over = nowNanos - each.deadlineNanos() >= 0;
                if (over) {
                    Requests.fail(each.stage(), late(view));
                }
                return over;
            });
        }
    }

    private RuntimeException late(ReplicaView view) {
        return new UnavailableException(
                place,
                "Not ready within join-timeout: " + view.unready().orElse("")
                        + "; this site goes on trying, and start()" + " can be called again to wait for it");
    }

    /** When a deadline may be over; {@link Long#MAX_VALUE} if nobody waits. */
    long nextDeadlineMicros() {
        return waiting.stream()
                .mapToLong(each -> each.deadlineNanos() / 1000 + 1)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void failAll(RuntimeException why) {
        waiting.forEach(each -> Requests.fail(each.stage(), why));
        waiting.clear();
    }
}
