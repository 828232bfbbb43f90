package org.understudy.site;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.ForceMasterReport;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.backend.RoleState;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;
import org.understudy.site.commit.Tail;
import org.understudy.store.StoreTransaction;

/** What an environment does besides storing: on its own, or as one of a group. Any thread may ask it anything. */
interface Site {

    /** Where commits go. */
    Tail tail();

    /** Where commits go while this site is not master and forwards them (protocol.md §9). */
    Optional<Forwarder> forwarder();

    /** Whether the sites connected now can't meet a policy, as far as this one knows as their master. */
    boolean outOfReach(AckPolicy policy);

    /** What it is now. */
    RoleState role();

    /** Takes its place in the group; the stage tells when it has it, or why not. */
    CompletionStage<Void> start();

    /** Has the master carry out an administrator's order. */
    CompletionStage<Void> order(Command command);

    /** Agrees to what a client holds back. */
    CompletionStage<Void> allow(Hold what);
    /**
     * Begins a transaction on a snapshot that keeps this consistency's word, which is not {@link Consistency#LOCAL}.
     *
     * @param begin begins one on the newest snapshot; called as often as that takes
     */
    CompletionStage<StoreTransaction> begin(
            Consistency consistency, Duration timeout, Supplier<StoreTransaction> begin);

    /** What has become of a commit, once that is final or the time is over. */
    CompletionStage<Outcome> outcome(CommitToken token, Duration timeout);

    /** Makes this site master or client, where elections are off. */
    CompletionStage<Void> appoint(Role role);

    /** What forcing mastership here would mean. */
    CompletionStage<ForceMasterReport> examineForce();

    /** Makes this site master of those that remain, and gives these up. */
    CompletionStage<Void> forceMaster(Set<String> lost);

    /** Asks for an election. */
    void startElection();

    /** A picture of everything. */
    Status status();

    /** Nothing that is stored can be relied on any more: takes no further part. */
    void fail(RuntimeException reason);

    /** Has this told what the site is, whenever that changes. */
    void onRole(Consumer<RoleState> listener);

    /** There are, or are no more, processes beside this one that can take the site over (protocol.md §11). */
    void subordinates(boolean present);

    /** This process takes the site over from one that was master of this generation, 0 for none; before {@link #start}. */
    void takeOver(long mastership);

    /**
     * Settles or fails what is under way and ends its threads; the storage is still open afterwards. A master hands over,
     * unless another process takes over.
     */
    void close(boolean takenOver);
}
