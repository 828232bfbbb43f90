package org.understudy.simulation;

import java.util.Optional;

/** Makes a failing run easier to read: fewer kinds of fault, less time for them, as long as it still fails. */
final class Shortener {
    private static final long SHORTEST_MICROS = 100_000;

    private final Replicas replicas;

    Shortener(Replicas replicas) {
        this.replicas = replicas;
    }

    /** The shortest failing run found. */
    Result shorten(Result failed) {
        Result shortest = failed;
        for (FaultKind kind : FaultKind.values()) {
            if (shortest.mix().has(kind)) {
                shortest = fails(shortest.mix().without(kind)).orElse(shortest);
            }
        }
        long step = shortest.mix().chaosMicros() / 2;
        while (step >= SHORTEST_MICROS) {
            Optional<Result> shorter =
                    fails(shortest.mix().withChaos(shortest.mix().chaosMicros() - step));
            shortest = shorter.orElse(shortest);
            step = Math.min(step / 2, shortest.mix().chaosMicros() / 2);
        }
        return shortest;
    }

    private Optional<Result> fails(Mix mix) {
        return Optional.of(Run.of(mix, replicas))
                .filter(result -> result.failure().isPresent());
    }
}
