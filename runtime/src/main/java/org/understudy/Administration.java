package org.understudy;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Who is master of a group and who belongs to it, as an operator changes it: a part of an {@link Environment}. Thread-safe. */
public interface Administration {

    /**
     * Hands mastership to another site and returns when that one is master. On a client the request goes to the master.
     * Commits under way are settled first.
     *
     * @throws UnavailableException if the target was not up to date and master within {@code handover-timeout}; the old
     *     master then goes on, or an election settles it
     */
    void transferMastership(String site);

    /** {@link #transferMastership} without waiting. */
    CompletionStage<Void> transferMastershipAsync(String site);

    /** Asks for an election, and returns at once. Does nothing while a master is heard. */
    void startElection();

    /**
     * With {@code elections=false}: makes this site master, and returns when it is. Waits until a majority of the members is
     * connected. These have to vote for it, and none of those may know more than it does; where one does that can't be master itself, {@link
     * #startElection} fetches what it knows first. Where another site is master, mastership is handed over as by {@link
     * #transferMastership}. Does nothing on a master.
     *
     * @throws UnavailableException if elections are on, if a majority did not vote for this site, or if it took longer than
     *     {@code handover-timeout}
     */
    void becomeMaster();

    /** {@link #becomeMaster} without waiting. */
    CompletionStage<Void> becomeMasterAsync();

    /**
     * With {@code elections=false}: gives mastership up, and returns when that is done; there is no master then until one
     * is appointed. Does nothing on a client.
     *
     * @throws UnavailableException if elections are on
     */
    void becomeClient();

    /** {@link #becomeClient} without waiting. */
    CompletionStage<Void> becomeClientAsync();

    /**
     * Says what {@link #forceMaster} would find on this site now, and changes nothing: which sites answer and up to where
     * they know the log, which do not, what may be lost, and what is in the way. Takes up to {@code election-timeout}.
     *
     * @throws UnavailableException if mastership is being forced here
     */
    ForceMasterReport forceMasterDryRun();

    /** {@link #forceMasterDryRun} without waiting. */
    CompletionStage<ForceMasterReport> forceMasterDryRunAsync();

    /**
     * Makes this site master of the voting sites that remain, where a majority of the group is lost for good, and returns
     * when the group consists of those. The lost ones are removed: whichever of them comes back is told so, and neither
     * votes nor counts. Afterwards commits that the lost sites acknowledged among themselves may be missing, from {@link
     * ForceMasterReport#mayBeMissingFromLsn()} on; nothing below is. A {@code PossibleLoss} event and the log tell that it
     * was done.
     *
     * <p>That the sites named are lost is the caller's word, which nothing here can check: if they live on where this site
     * can't see them, they elect a master of their own, and two sites take writes until both meet, in different generations;
     * then the sites given up are told that they are removed, and what they wrote is in their homes alone.
     *
     * @param lost the voting sites given up, all those and only those that do not answer: the {@link
     *     ForceMasterReport#lost()} of a dry run, once somebody has made sure of it
     * @throws UnavailableException if a master is heard, a majority or a site named here answers, another is missing, one that
     *     answers knows more or refuses its vote, or the change was not permanent within {@code handover-timeout}; only then
     *     it may still be done
     */
    void forceMaster(Set<String> lost);

    /** {@link #forceMaster} without waiting. */
    CompletionStage<Void> forceMasterAsync(Set<String> lost);

    /**
     * Removes a member from the group, this site included, and returns when the removal is permanent. Asked on any site.
     *
     * @throws UnavailableException if no master could do it in time; it may still be done
     */
    void removeSite(String site);

    /**
     * Removes a member, with {@code force} also where that can't be agreed on: of two sites that are not strict ({@code
     * two-site-strict=false}) the one that is away. It must be switched off for good: if it goes on alone, what it writes is
     * lost. In all other groups {@code force} changes nothing.
     *
     * @throws UnavailableException if no master could do it in time; it may still be done. Or if the site that is away may have
     *     taken commits together with a third one whose removal wasn't permanent when it went: then nothing is changed, and
     *     {@link #forceMaster} helps once the site that is left was restarted
     */
    void removeSite(String site, boolean force);

    /** {@link #removeSite(String, boolean)} without waiting. */
    CompletionStage<Void> removeSiteAsync(String site, boolean force);

    /** {@link #removeSite} without waiting. */
    CompletionStage<Void> removeSiteAsync(String site);

    /**
     * Gives a member another priority and returns when that is permanent. Asked on any site; holds from the next election
     * on, also after restarts, whatever {@code priority} a site is configured with. A master whose priority becomes 0
     * hands mastership over first.
     *
     * @param priority 0 to 1000; 0 for a site that never becomes master
     * @throws UnavailableException if no master could do it in time, or if no site could become master afterwards
     */
    void changePriority(String site, int priority);

    /** {@link #changePriority} without waiting. */
    CompletionStage<Void> changePriorityAsync(String site, int priority);

    /** What the commits of this site ask for that say nothing else. */
    AckPolicy ackPolicy();

    /**
     * Has the commits of this site ask for another policy from now on, those of open transactions too, unless they say
     * something else. It counts where they are written, on the master; other sites have policies of their own, and
     * acknowledge whatever theirs are. Not kept: at its next opening the environment has the {@code ack-policy} it is
     * configured with.
     */
    void changeAckPolicy(AckPolicy policy);

    /**
     * Makes a voting member a view, and returns when that is permanent: it keeps its copy and follows, but never again
     * votes, acknowledges, counts or wins. Asked on any site; a master hands mastership over first. There is no way back:
     * a site that is to vote again is removed and joins anew. Configure {@code view=true} on it before its next start.
     *
     * @throws UnavailableException if no master could do it in time, or if no site could become master afterwards
     */
    void demoteToView(String site);

    /** {@link #demoteToView} without waiting. */
    CompletionStage<Void> demoteToViewAsync(String site);
}
