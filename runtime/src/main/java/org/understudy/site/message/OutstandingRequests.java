package org.understudy.site.message;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.understudy.HandlerFailedException;
import org.understudy.Message;
import org.understudy.MessageTooLargeException;
import org.understudy.NoHandlerException;
import org.understudy.NoResponseException;
import org.understudy.Place;
import org.understudy.RequestTimeoutException;
import org.understudy.UnavailableException;
import org.understudy.net.MessageFrame.NoAnswer;
import org.understudy.net.MessageLine;
import org.understudy.thread.LibraryThread;
import org.understudy.thread.Stage;

/** The requests of this site that wait for an answer, by number; whoever takes one out ends it. */
final class OutstandingRequests {
    private final Place place;
    private final MessageCounts counts;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, PendingRequest> open = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timers;

    OutstandingRequests(Place place, MessageCounts counts) {
        this.place = place;
        this.counts = counts;
        this.timers = new ScheduledThreadPoolExecutor(
                1, task -> LibraryThread.create("understudy-" + place.environment() + "-requests", task));
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    PendingRequest begin(ChannelLife life, String target, String topic, Optional<MessageLine> line, boolean staged) {
        PendingRequest request = new PendingRequest(numbers.incrementAndGet(), life, target, topic, line, staged);
        open.put(request.number(), request);
        return request;
    }

    /** Has {@link #timeOut} end it in time. */
    CompletionStage<Message> staged(PendingRequest request, Duration timeout) {
        return request.endedBy(timer(request, timeout));
    }

    private Future<?> timer(PendingRequest request, Duration timeout) {
        try {
            return timers.schedule(() -> timeOut(request, timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return Stage.completed(null).toCompletableFuture(); // it was ended with all others, and needs no time
        }
    }

    /** Ends it for want of an answer in this time, unless something else has. */
    void timeOut(PendingRequest request, Duration timeout) {
        if (!forget(request)) {
            return;
        }
        request.withdraw();
        counts.timeouts.increment();
        request.fail(new RequestTimeoutException(
                place,
                "Site " + request.target() + " did not answer within " + timeout.toMillis()
                        + " ms; the request may have been handled: ask again if that does no harm, or wait longer"));
    }

    /** Takes it out; false if somebody else ends it. */
    boolean forget(PendingRequest request) {
        return open.remove(request.number(), request);
    }

    /** An answer came. */
    void answered(long number, Function<PendingRequest, Message> answer) {
        PendingRequest request = open.remove(number);
        if (request == null) {
            counts.lateAnswers.increment();
        } else {
            counts.answered.increment();
            request.complete(answer.apply(request));
        }
    }

    /** There will be no answer. */
    void unanswered(long number, NoAnswer why) {
        PendingRequest request = open.remove(number);
        if (request == null) {
            counts.lateAnswers.increment();
        } else {
            request.fail(failure(request, why));
        }
    }

    /** Ends all of a kind. */
    void failAll(Predicate<PendingRequest> which, Function<PendingRequest, RuntimeException> why) {
        open.values().stream().filter(which).toList().forEach(request -> {
            if (forget(request)) {
                request.fail(why.apply(request));
            }
        });
    }

    void close() {
        timers.shutdown();
    }

    private RuntimeException failure(PendingRequest request, NoAnswer why) {
        String site = "Site " + request.target();
        return switch (why.cause()) {
            case NO_HANDLER -> new NoHandlerException(place, request.target(), request.topic());
            case HANDLER_FAILED ->
                new HandlerFailedException(
                        place, site + " failed to handle the request: " + why.text() + "; its log says more");
            case NO_RESPONSE ->
                new NoResponseException(
                        place,
                        site + " handled the request and did not answer it: its handler returned without reply() or"
                                + " replyLater(), or its process is gone");
            case ANSWER_TOO_LARGE ->
                new MessageTooLargeException(
                        place, "The answer of site " + request.target(), why.bytes(), why.maxBytes());
            case ANSWERS_BACK_UP ->
                new UnavailableException(
                        place,
                        false,
                        site
                                + " handled the request, but more answers than its message-queue holds wait for this site: ask"
                                + " less at once");
            case CLOSING ->
                new UnavailableException(
                        place, site + " is closing and did not handle the request: try again when it is back");
        };
    }
}
