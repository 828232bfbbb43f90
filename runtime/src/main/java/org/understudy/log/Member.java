package org.understudy.log;

import java.util.UUID;
import org.understudy.SiteState;

/**
 * One site as the member table knows it.
 *
 * @param siteId a small integer, the same on every site (Berkeley DB's EID)
 * @param name the exact {@code host:port}
 * @param incarnation made with the environment; a wiped or restored site has another
 * @param state whether it is still joining
 * @param view whether it is a read-only copy that never votes, acknowledges, counts or wins
 * @param priority 0 for a site that never becomes master
 */
public record Member(int siteId, String name, UUID incarnation, SiteState state, boolean view, int priority) {

    /** Stands for the incarnation of a member of a group that is being founded: any is taken for it (protocol.md §6). */
    static final UUID UNKNOWN = new UUID(0, 0);

    /** Whether this is the member's incarnation, or could be, as long as that is not known. */
    public boolean is(UUID other) {
        return incarnation.equals(other) || incarnation.equals(UNKNOWN);
    }

    /** Whether it votes, acknowledges and counts (protocol.md §1). */
    public boolean isVoting() {
        return state == SiteState.PRESENT && !view;
    }

    /** Whether it may become master. */
    public boolean isElectable() {
        return isVoting() && priority > 0;
    }

    /** The same site, now that it is known by its incarnation and priority. */
    public Member known(UUID itsIncarnation, int itsPriority) {
        return new Member(siteId, name, itsIncarnation, state, view, itsPriority);
    }

    /** The same site in another state. */
    public Member withState(SiteState next) {
        return new Member(siteId, name, incarnation, next, view, priority);
    }

    /** The same site with another priority. */
    public Member withPriority(int next) {
        return new Member(siteId, name, incarnation, state, view, next);
    }

    /** The same site as a view. */
    public Member asView() {
        return new Member(siteId, name, incarnation, state, true, priority);
    }

    void write(ValueWriter out) {
        out.putInt(siteId)
                .putString(name)
                .putUuid(incarnation)
                .putBoolean(state == SiteState.PRESENT)
                .putBoolean(view)
                .putInt(priority);
    }

    static Member read(ValueReader in) {
        return new Member(
                in.getInt(),
                in.getString(),
                in.getUuid(),
                in.getBoolean() ? SiteState.PRESENT : SiteState.JOINING,
                in.getBoolean(),
                in.getInt());
    }
}
