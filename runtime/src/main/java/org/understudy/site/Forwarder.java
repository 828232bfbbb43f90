package org.understudy.site;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.BranchException;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.InsufficientAcksException;
import org.understudy.InsufficientSitesException;
import org.understudy.NotMasterException;
import org.understudy.Outcome;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.RecordTooLargeException;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.log.ForwardId;
import org.understudy.log.ForwardSession;
import org.understudy.net.WireLimits;
import org.understudy.protocol.Effect;
import org.understudy.protocol.ForwardAnswer;
import org.understudy.protocol.ForwardResult;
import org.understudy.protocol.ForwardTerms;
import org.understudy.protocol.Input;
import org.understudy.site.commit.CommitTerms;
import org.understudy.site.commit.DirectStage;
import org.understudy.store.Commit;
import org.understudy.store.CommitForm;
import org.understudy.store.Store;
import org.understudy.thread.Stage;

/** Has the master commit what this site's application writes while it is not master itself (protocol.md §9). */
final class Forwarder {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    /** A commit under way, and the policy it asked for. */
    private record Forwarded(CompletableFuture<CommitToken> stage, CommitTerms terms) {}

    private final Place place;
    private final Store store;
    private final Supplier<UUID> group;
    private final Supplier<Optional<String>> master;
    private final Consumer<Input> replica;
    private final long patienceMicros;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Forwarded> open = new ConcurrentHashMap<>();
    private volatile boolean over;

    /**
     * Nothing is under way.
     *
     * @param replica takes inputs on any thread
     * @param patience how long a write waits for the master beyond its acknowledgement timeout
     */
    Forwarder(
            Place place,
            Store store,
            Supplier<UUID> group,
            Supplier<Optional<String>> master,
            Consumer<Input> replica,
            Duration patience) {
        this.place = place;
        this.store = store;
        this.group = group;
        this.master = master;
        this.replica = replica;
        this.patienceMicros = patience.toNanos() / 1000;
    }

    /** Forwards a commit, and waits until the master's would have ended, and this site has it too. */
    CommitToken commit(Commit commit, CommitTerms terms) {
        return Commits.await(forward(commit, terms, new DirectStage<>()));
    }

    /** The same without waiting. */
    CompletionStage<CommitToken> commitStaged(Commit commit, CommitTerms terms) {
        return forward(commit, terms, terms.ofSubordinate() ? new DirectStage<>() : new Stage<>());
    }

    private CompletionStage<CommitToken> forward(
            Commit commit, CommitTerms terms, CompletableFuture<CommitToken> stage) {
        byte[] form = CommitForm.encode(commit);
        long maxBytes = Math.min(store.members().terms().maxRecordBytes(), WireLimits.MAX_PAYLOAD_BYTES);
        if (form.length > maxBytes) {
            throw new RecordTooLargeException(place, form.length, maxBytes);
        }
        long ackMicros = terms.timeoutNanos() == Long.MAX_VALUE ? Long.MAX_VALUE : terms.timeoutNanos() / 1000;
        long timeoutMicros = Math.min(ackMicros, TimeUnit.DAYS.toMicros(1)) + patienceMicros;
        long number = numbers.incrementAndGet();
        open.put(number, new Forwarded(stage, terms));
        if (over) {
            failAll();
        }
        replica.accept(new Input.ForwardWrite(
                number, new ForwardTerms(terms.policy(), terms.forced(), ackMicros), form, timeoutMicros));
        return stage;
    }

    /** The replica has ended one. On the loop. */
    void ended(Effect.ForwardEnded ended) {
        Forwarded write = open.remove(ended.request());
        if (write == null) {
            return;
        }
        ForwardResult result = ended.result();
        if (result instanceof ForwardResult.Unknown unknown) {
            fail(write, new OutcomeUnknownException(place, token(unknown), unknown.why()));
        } else if (result instanceof ForwardResult.Unavailable unavailable) {
            fail(write, new UnavailableException(place, "Nothing was written: " + unavailable.reason()));
        } else {
            answered(write, ((ForwardResult.Answered) result).answer());
        }
    }

    private void answered(Forwarded write, ForwardAnswer answer) {
        if (answer instanceof ForwardAnswer.Done done) {
            onceApplied(done.commit(), () -> write.stage().completeAsync(() -> token(done.commit())));
        } else if (answer instanceof ForwardAnswer.TooFewAcks few) {
            RuntimeException insufficient = new InsufficientAcksException(
                    place, token(few.commit()), write.terms().policy(), few.ackedSites());
            onceApplied(few.commit(), () -> fail(write, insufficient));
        } else if (answer instanceof ForwardAnswer.TooLarge large) {
            fail(write, new RecordTooLargeException(place, large.bytes(), large.maxBytes()));
        } else if (answer instanceof ForwardAnswer.BranchRefused refused) {
            fail(write, new BranchException(place, refused.state(), refused.reason()));
        } else if (answer instanceof ForwardAnswer.Refused refused) {
            fail(write, exception(refused));
        } else {
            fail(write, NotMasterException.withoutForwarding(place, master.get()));
        }
    }

    /** Mostly it is applied by now, and then there is nobody to wake. */
    private void onceApplied(Standing commit, Runnable then) {
        if (store.applied().lsn() >= commit.lsn()) {
            then.run();
        } else {
            store.whenApplied(commit.lsn()).thenRun(then);
        }
    }

    private RuntimeException exception(ForwardAnswer.Refused refused) {
        String reason = "The master refused a forwarded write: " + refused.reason();
        return switch (refused.why()) {
            case CONFLICT -> new ConflictException(place, reason);
            case TOO_FEW_SITES -> new InsufficientSitesException(place, reason);
            case INVALID -> new IllegalArgumentException("[" + place + "] " + reason);
        };
    }

    private CommitToken token(ForwardResult.Unknown unknown) {
        return unknown.commit()
                .map(this::token)
                .orElseGet(() -> CommitToken.ofForwarded(
                        unknown.id().session(), unknown.id().number()));
    }

    private CommitToken token(Standing commit) {
        return new CommitToken(group.get(), commit.generation(), commit.lsn());
    }

    private static void fail(Forwarded write, RuntimeException why) {
        Requests.fail(write.stage(), why);
    }

    /** What has become of a forwarded write: {@code ofCommit} tells it of its commit, as soon as this site knows that. */
    CompletionStage<Outcome> outcome(
            CommitToken token, Duration timeout, BiFunction<CommitToken, Duration, CompletionStage<Outcome>> ofCommit) {
        long endNanos = System.nanoTime() + timeout.toNanos();
        return find(new ForwardId(token.group(), token.lsn()), endNanos)
                .thenCompose(found -> found.isPresent()
                        ? ofCommit.apply(found.get(), Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())))
                        : Stage.completed(Outcome.UNKNOWN));
    }

    private CompletionStage<Optional<CommitToken>> find(ForwardId id, long endNanos) {
        Optional<CommitToken> found = store.forwardSession(id.session())
                .flatMap((ForwardSession session) -> session.commitOf(id.number()))
                .map(this::token);
        if (found.isPresent() || over || System.nanoTime() - endNanos >= 0) {
            return Stage.completed(found);
        }
        return Stage.after(LOOK_AGAIN).thenCompose(paused -> find(id, endNanos));
    }

    /** The site takes no further part: what becomes of the writes under way is for others to say. */
    void failAll() {
        over = true;
        open.values()
                .forEach(write -> fail(
                        write,
                        new OutcomeUnknownException(
                                place, CommitToken.NONE, "this site ended before the master's answer came")));
        open.clear();
    }
}
