package org.understudy.site.drive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.understudy.AckPolicy;
import org.understudy.BranchException;
import org.understudy.CommitToken;
import org.understudy.ConflictException;
import org.understudy.EnvironmentClosedException;
import org.understudy.InsufficientAcksException;
import org.understudy.InsufficientSitesException;
import org.understudy.NotMasterException;
import org.understudy.RecordTooLargeException;
import org.understudy.Standing;
import org.understudy.UnavailableException;
import org.understudy.log.MalformedValueException;
import org.understudy.protocol.Effect;
import org.understudy.protocol.ForwardAnswer;
import org.understudy.protocol.ForwardTerms;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.site.commit.CommitTerms;
import org.understudy.site.commit.PendingCommit;
import org.understudy.site.commit.Tail;
import org.understudy.site.thread.Worker;
import org.understudy.store.CommitForm;
import org.understudy.store.ForwardedCommit;
import org.understudy.store.SessionOpening;
import org.understudy.store.UnknownForwardException;

/** Commits at this master's tail what other sites forward, on a thread of its own, and reports how each has ended (protocol.md §9). */
public final class ForwardDuties {
    private final Tail tail;
    private final Worker worker;
    private final Predicate<AckPolicy> refuses;
    private final Consumer<Input> replica;
    private final long ackTimeoutNanos;
    private final long retentionMillis;
    private final Queue<Effect.OfForwarding> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /**
     * Nothing happens before there is something to commit.
     *
     * @param refuses whether a commit under a policy is refused for the sites connected now
     * @param replica takes inputs on any thread
     * @param ackTimeout how long the record of a session waits for its policy
     * @param retention after how long without a write a session may end
     */
    public ForwardDuties(
            Tail tail,
            Worker worker,
            Predicate<AckPolicy> refuses,
            Consumer<Input> replica,
            Duration ackTimeout,
            Duration retention) {
        this.tail = tail;
        this.worker = worker;
        this.refuses = refuses;
        this.replica = replica;
        this.ackTimeoutNanos = ackTimeout.toNanos();
        this.retentionMillis = retention.toMillis();
    }

    /** Takes one that is not yet known to be refused. On the loop. */
    void take(Effect.OfForwarding effect) {
        queue.add(effect);
        if (scheduled.compareAndSet(false, true)) {
            worker.submit(this::work);
        }
    }

    /** All that have come meanwhile share a batch. */
    private void work() {
        scheduled.set(false);
        List<PendingCommit> commits = new ArrayList<>();
        for (Effect.OfForwarding next = queue.poll(); next != null; next = queue.poll()) {
            if (next instanceof Effect.CommitForwarded commit) {
                begin(commit).ifPresent(commits::add);
            } else if (next instanceof Effect.OpenForwardSession opening) {
                commits.add(begin(opening));
            }
        }
        tail.commitStaged(commits);
    }

    private Optional<PendingCommit> begin(Effect.CommitForwarded effect) {
        Message.Forward forward = effect.forward();
        ForwardTerms terms = forward.terms();
        if (refuses.test(terms.policy())) {
            String reason = "Too few sites are connected for " + terms.policy()
                    + ", and refuse-unreplicated is set at the master: nothing was written; try again when more sites are"
                    + " back, or commit with a weaker policy";
            end(effect, new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, reason));
            return Optional.empty();
        }
        ForwardedCommit commit;
        long nowMillis = System.currentTimeMillis();
        try {
            commit = new ForwardedCommit(
                    forward.id(), forward.lowestOpen(), nowMillis, CommitForm.decode(forward.commit(), nowMillis));
        } catch (MalformedValueException | IllegalArgumentException e) {
            end(effect, new ForwardAnswer.Refused(ForwardAnswer.Refusal.INVALID, e.getMessage()));
            return Optional.empty();
        }
        long timeoutNanos =
                terms.ackTimeoutMicros() > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : terms.ackTimeoutMicros() * 1000;
        PendingCommit pending = PendingCommit.reported(
                commit, forward.commit().length, new CommitTerms(terms.policy(), terms.forced(), timeoutNanos));
        pending.stage()
                .whenComplete((token, failure) ->
                        end(effect, failure == null ? new ForwardAnswer.Done(standing(token)) : answer(failure)));
        return Optional.of(pending);
    }

    private void end(Effect.CommitForwarded effect, ForwardAnswer answer) {
        replica.accept(new Input.ForwardedCommitEnded(effect.from(), effect.forward(), answer));
    }

    private static Standing standing(CommitToken token) {
        return new Standing(token.generation(), token.lsn());
    }

    private static ForwardAnswer answer(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof InsufficientAcksException few) {
            return new ForwardAnswer.TooFewAcks(standing(few.token()), few.ackedSites());
        } else if (cause instanceof ConflictException) {
            return new ForwardAnswer.Refused(ForwardAnswer.Refusal.CONFLICT, cause.getMessage());
        } else if (cause instanceof InsufficientSitesException) {
            return new ForwardAnswer.Refused(ForwardAnswer.Refusal.TOO_FEW_SITES, cause.getMessage());
        } else if (cause instanceof BranchException branch) {
            return new ForwardAnswer.BranchRefused(branch.state(), branch.getMessage());
        } else if (cause instanceof IllegalArgumentException) {
            return new ForwardAnswer.Refused(ForwardAnswer.Refusal.INVALID, String.valueOf(cause.getMessage()));
        } else if (cause instanceof RecordTooLargeException large) {
            return new ForwardAnswer.TooLarge(large.bytes(), large.maxBytes());
        } else if (cause instanceof UnknownForwardException unknown) {
            return new ForwardAnswer.UnknownId(unknown.isSessionKnown());
        } else if (cause instanceof NotMasterException
                || cause instanceof UnavailableException
                || cause instanceof EnvironmentClosedException) {
            return new ForwardAnswer.NotMaster(); // the tail turned it away
        }
        return new ForwardAnswer.Lost();
    }

    /** Only what is permanent no later master can lack. */
    private PendingCommit begin(Effect.OpenForwardSession opening) {
        PendingCommit pending = PendingCommit.reported(
                new SessionOpening(opening.session(), System.currentTimeMillis(), retentionMillis),
                Long.BYTES,
                new CommitTerms(AckPolicy.QUORUM, false, ackTimeoutNanos));
        CompletionStage<CommitToken> stage = pending.stage();
        stage.thenAccept(token ->
                replica.accept(new Input.ForwardSessionOpened(opening.from(), opening.request(), opening.session())));
        return pending;
    }
}
