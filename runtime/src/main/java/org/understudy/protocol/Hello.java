package org.understudy.protocol;

import java.util.Optional;
import java.util.UUID;
import org.understudy.log.Ballot;

/**
 * What both ends of a connection say of themselves before anything else, and the reasons to refuse each other.
 *
 * @param version the newest wire version spoken
 * @param features bits of optional abilities; what both have is used
 * @param group the group's name
 * @param groupId its id; {@link Ballot#NO_ID} for a site that belongs to none yet
 * @param site the sender's exact name
 * @param dialled the name the connecting site dialled; empty from the accepting one
 * @param incarnation the sender's
 * @param kind what this connection is for
 */
public record Hello(
        int version,
        long features,
        String group,
        UUID groupId,
        String site,
        String dialled,
        UUID incarnation,
        ConnectionKind kind) {

    /** The wire version of this release. */
    public static final int VERSION = 1;

    /** It has connections for the applications' messages (protocol.md §10). */
    public static final long MESSAGES = 1;

    /** It takes and forwards writes, where it is set to (protocol.md §9). */
    public static final long FORWARDING = 1 << 1;

    /** What this release can do beyond the first. */
    public static final long FEATURES = MESSAGES | FORWARDING;

    /** Whether the sender can do what one of these bits stands for. */
    public boolean can(long feature) {
        return (features & feature) != 0;
    }

    /** Why these two may not talk, told on both sides; empty when they may. */
    public static Optional<String> refusal(Hello local, Hello remote) {
        if (remote.version != local.version) {
            return Optional.of("site " + remote.site + " speaks wire version " + remote.version + ", site " + local.site
                    + " version " + local.version + ": run releases that share a version");
        }
        if (!remote.group.equals(local.group)) {
            return Optional.of("site " + remote.site + " belongs to group '" + remote.group + "', site " + local.site
                    + " to group '" + local.group + "': correct the property group, or the address");
        }
        if (!remote.groupId.equals(Ballot.NO_ID)
                && !local.groupId.equals(Ballot.NO_ID)
                && !remote.groupId.equals(local.groupId)) {
            return Optional.of("two groups are named '" + local.group + "': site " + remote.site + " has group id "
                    + remote.groupId + ", site " + local.site + " has " + local.groupId
                    + "; keep one, and empty the home of the sites of the other so that they join it; where legacy-sites"
                    + " makes the group, name the same sites on both");
        }
        if (remote.site.equals(local.site)) {
            return Optional.of("both ends call themselves " + local.site + ": two sites were given one name");
        }
        if (!remote.dialled.isEmpty() && !remote.dialled.equals(local.site)) {
            return Optional.of("site " + remote.site + " dialled " + remote.dialled + ", but here is " + local.site
                    + ": a site's name must be exactly as the others write it");
        }
        return Optional.empty();
    }
}
