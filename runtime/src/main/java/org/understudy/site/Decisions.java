package org.understudy.site;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.understudy.BranchException;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.Place;
import org.understudy.TransactionOptions;
import org.understudy.UnavailableException;
import org.understudy.backend.Write;
import org.understudy.store.Decision;
import org.understudy.store.StoreTransaction;
import org.understudy.thread.Stage;

/**
 * Takes decisions on branches to the master. A refusal writes nothing, so no majority vouches for it: whoever refuses
 * may be master no more and not know what its successor was promised. So a refusal is confirmed before it is told, as a read of
 * the latest is (protocol.md §7, §8.1).
 */
final class Decisions {
    private final Place place;
    private final Commits commits;
    private final Site site;
    private final Duration timeout;
    private final Supplier<StoreTransaction> newest;
    private final boolean ofSubordinate;

    /** {@code newest} begins on the newest snapshot; a confirmation waits for so long. */
    Decisions(
            Place place,
            Commits commits,
            Site site,
            Duration timeout,
            Supplier<StoreTransaction> newest,
            boolean ofSubordinate) {
        this.place = place;
        this.commits = commits;
        this.site = site;
        this.timeout = timeout;
        this.newest = newest;
        this.ofSubordinate = ofSubordinate;
    }

    /** Decides, and waits for the outcome. */
    CommitToken decide(Write.Decide word) {
        long generation = site.role().generation();
        try {
            return commits.commit(decision(word), 0, options(), ofSubordinate);
        } catch (BranchException refused) {
            return Commits.await(confirmed(refused, generation));
        }
    }

    /** Decides without waiting. */
    CompletionStage<CommitToken> decideStaged(Write.Decide word) {
        long generation = site.role().generation();
        return commits.commitStaged(decision(word), 0, options(), ofSubordinate).exceptionallyCompose(failure -> {
            Throwable cause = cause(failure);
            return cause instanceof BranchException refused ? confirmed(refused, generation) : Stage.failed(cause);
        });
    }

    private static Decision decision(Write.Decide word) {
        return new Decision(word.branch(), word.word(), word.nowMillis());
    }

    private TransactionOptions options() {
        return commits.promising(TransactionOptions.DEFAULT);
    }

    /** Fails with the refusal if the mastership that refused still is one: what it rests on is permanent then, too. */
    private CompletionStage<CommitToken> confirmed(BranchException refused, long generation) {
        return site.begin(Consistency.LATEST, timeout, newest)
                .handle((snapshot, failure) -> {
                    if (failure != null) {
                        return unconfirmed(refused, cause(failure).getMessage());
                    }
                    snapshot.close();
                    return site.role().generation() == generation
                            ? refused
                            : unconfirmed(refused, "another mastership began meanwhile");
                })
                .thenCompose(Stage::failed);
    }

    private RuntimeException unconfirmed(BranchException refused, String why) {
        return new UnavailableException(
                place,
                "The decision was refused (" + refused.getMessage()
                        + "), but by a site of which it is not certain that it is still master: " + why
                        + "; nothing was decided, so ask again");
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
