package org.understudy.site;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Durability;
import org.understudy.EnvironmentConfig;
import org.understudy.InsufficientSitesException;
import org.understudy.NotMasterException;
import org.understudy.Place;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.site.commit.CommitTerms;
import org.understudy.site.commit.PendingCommit;
import org.understudy.site.commit.Tail;
import org.understudy.store.Commit;
import org.understudy.thread.Stage;

/** Takes the application's commits to the tail, on the terms of its options. */
final class Commits {
    private final Place place;
    private final EnvironmentConfig config;
    private final Usability usability;
    private final Site site;
    private final Tail tail;
    private final boolean forwards;
    private volatile CommitTerms standard;

    /** Commits go to the tail of this site. */
    Commits(EnvironmentConfig config, Usability usability, Site site) {
        this.place = Place.of(config);
        this.config = config;
        this.usability = usability;
        this.site = site;
        this.tail = site.tail();
        this.forwards = config.forwardWrites();
        this.standard = terms(TransactionOptions.DEFAULT, config.ackPolicy());
    }

    /** What commits ask for that say nothing else. */
    AckPolicy ackPolicy() {
        return standard.policy();
    }

    /** Has them ask for something else from now on. */
    void ackPolicy(AckPolicy policy) {
        standard = terms(TransactionOptions.DEFAULT, policy);
    }

    /**
     * The same options under a policy that no change of the master undoes, and forced here: what is promised has to last
     * (protocol.md §8.1). At the other sites it is forced for what it is.
     */
    TransactionOptions promising(TransactionOptions options) {
        AckPolicy policy = options.ackPolicy().orElse(ackPolicy());
        return options.withAckPolicy(policy == AckPolicy.ALL ? policy : AckPolicy.QUORUM)
                .withDurability(Durability.SYNC);
    }

    /** Commits, and waits for the outcome; {@code bytes} is about what the changes take. */
    CommitToken commit(Commit commit, int bytes, TransactionOptions options, boolean ofSubordinate) {
        CommitTerms terms = acceptedTerms(options, ofSubordinate);
        Optional<Forwarder> forwarder = site.forwarder();
        if (forwarder.isPresent()) {
            return forwarder.get().commit(commit, terms);
        }
        try {
            return tail.commit(PendingCommit.awaited(commit, bytes, terms), () -> late(place));
        } catch (NotMasterException e) {
            return await(forwardInstead(commit, terms, e));
        }
    }

    /** Commits without waiting. */
    CompletionStage<CommitToken> commitStaged(
            Commit commit, int bytes, TransactionOptions options, boolean ofSubordinate) {
        CommitTerms terms = acceptedTerms(options, ofSubordinate);
        Optional<Forwarder> forwarder = site.forwarder();
        if (forwarder.isPresent()) {
            return forwarder.get().commitStaged(commit, terms);
        }
        PendingCommit pending = ofSubordinate
                ? PendingCommit.reported(commit, bytes, terms) // only put on the line to that process
                : PendingCommit.staged(commit, bytes, terms);
        CompletionStage<CommitToken> stage = tail.commitStaged(pending);
        return forwards ? stage.exceptionallyCompose(failure -> forwardInstead(commit, terms, failure)) : stage;
    }

    /** What this site's tail has turned away because mastership went is forwarded, if nothing else was wrong (§4.4). */
    private CompletionStage<CommitToken> forwardInstead(Commit commit, CommitTerms terms, Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        Optional<Forwarder> forwarder = cause instanceof NotMasterException ? site.forwarder() : Optional.empty();
        return forwarder.isPresent() ? forwarder.get().commitStaged(commit, terms) : Stage.failed(cause);
    }

    /** Its terms, unless it is refused before anything is changed (protocol.md §3.1). */
    private CommitTerms acceptedTerms(TransactionOptions options, boolean ofSubordinate) {
        usability.check();
        CommitTerms terms = termsOf(options);
        if (config.refuseUnreplicated() && site.outOfReach(terms.policy())) {
            throw new InsufficientSitesException(
                    place,
                    "Too few sites are connected for " + terms.policy()
                            + ", and refuse-unreplicated is set: nothing was"
                            + " written; try again when more sites are back, or commit with a weaker policy");
        }
        return ofSubordinate ? terms.forSubordinate() : terms;
    }

    private CommitTerms termsOf(TransactionOptions options) {
        return options == TransactionOptions.DEFAULT ? standard : terms(options, standard.policy());
    }

    /** In an environment of its own there is nobody to wait for but the disk. */
    private CommitTerms terms(TransactionOptions options, AckPolicy policy) {
        boolean forced = options.durability().filter(Durability.SYNC::equals).isPresent();
        long timeoutNanos = config.localSite().isEmpty()
                ? Long.MAX_VALUE
                : options.ackTimeout().orElse(config.ackTimeout()).toNanos();
        return new CommitTerms(options.ackPolicy().orElse(policy), forced, timeoutNanos);
    }

    /** What a commit fails with that nobody wrote in time. */
    static RuntimeException late(Place place) {
        return new UnavailableException(
                place,
                "The commit was not written within its ack-timeout, because mastership is being handed over or the disk is"
                        + " slow; nothing of it is stored, so try it again");
    }

    /** What a commit fails with where the log is full of what no majority stores (protocol.md §3.3). */
    static RuntimeException noRoom(Place place, long permanentLsn) {
        return new InsufficientSitesException(
                place,
                "No majority stores what this master wrote behind LSN " + permanentLsn + ", and its log has reached"
                        + " log-retention-max with it: nothing was written; bring the other sites back, remove those that"
                        + " will not come back, or raise that option, then try again");
    }

    /** Waits as the blocking calls do, and throws what the stage ended with. */
    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What an asynchronous call returns that has failed at once. */
    static <T> CompletionStage<T> attempt(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return Stage.failed(e);
        }
    }
}
