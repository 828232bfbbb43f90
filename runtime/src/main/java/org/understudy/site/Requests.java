package org.understudy.site;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.understudy.ForceMasterReport;
import org.understudy.JoinFailureException;
import org.understudy.Place;
import org.understudy.UnavailableException;
import org.understudy.protocol.Effect;
import org.understudy.thread.Stage;

/** What the application has asked of the replica and waits for, by number. */
final class Requests {
    private final Place place;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Request<?>> open = new ConcurrentHashMap<>();

    /** How to tell that it will never be done as it was asked, beside whom to tell. */
    private record Request<T>(
            CompletableFuture<T> stage, Function<Effect.Result, T> answer, Function<String, RuntimeException> refusal) {

        void complete(Effect.Result result) {
            T value = answer.apply(result);
            stage.completeAsync(() -> value);
        }
    }

    Requests(Place place) {
        this.place = place;
    }

    /** Has {@code ask} ask to join with a new number; the stage ends when the replica says so. */
    CompletableFuture<Void> join(LongConsumer ask) {
        return begin(ask, done -> null, reason -> new JoinFailureException(place, reason));
    }

    /** The same for an administrator's order. */
    CompletableFuture<Void> order(LongConsumer ask) {
        return begin(ask, done -> null, reason -> new UnavailableException(place, reason));
    }

    /** The same for the question what forcing mastership would mean. */
    CompletableFuture<ForceMasterReport> examine(LongConsumer ask) {
        return begin(
                ask,
                result -> ((Effect.Result.Examined) result).report(),
                reason -> new UnavailableException(place, reason));
    }

    private <T> CompletableFuture<T> begin(
            LongConsumer ask, Function<Effect.Result, T> answer, Function<String, RuntimeException> refusal) {
        long number = numbers.incrementAndGet();
        CompletableFuture<T> stage = new Stage<>();
        open.put(number, new Request<>(stage, answer, refusal));
        ask.accept(number);
        return stage;
    }

    /** The replica has ended one. */
    void ended(Effect.CommandEnded command) {
        Request<?> request = open.remove(command.request());
        if (request == null) {
            return;
        }
        if (command.result() instanceof Effect.Result.Unavailable unavailable) {
            fail(request.stage(), new UnavailableException(place, unavailable.reason()));
        } else if (command.result() instanceof Effect.Result.Refused refused) {
            fail(request.stage(), request.refusal().apply(refused.reason()));
        } else {
            request.complete(command.result());
        }
    }

    /** Whatever depends on a stage does not run on the thread that ends it. */
    static void fail(CompletableFuture<?> stage, RuntimeException why) {
        stage.defaultExecutor().execute(() -> stage.completeExceptionally(why));
    }

    /** Nobody will answer any more. */
    void failAll(RuntimeException why) {
        open.values().forEach(request -> fail(request.stage(), why));
        open.clear();
    }
}
