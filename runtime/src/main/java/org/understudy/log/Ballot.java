package org.understudy.log;

import java.util.UUID;
import org.understudy.Standing;

/**
 * What a site must never forget, kept in a small file of its own that is never copied between sites (protocol.md §2.2).
 *
 * @param incarnation random, made with the environment
 * @param groupId the group's random id; {@link #NO_ID} before the site belongs to one
 * @param localSite the name this site goes by in the group; empty before it belongs to one
 * @param highestGeneration the highest generation seen; older ones are refused
 * @param votedGeneration the newest generation this site voted in; 0 for none
 * @param votedFor the incarnation it voted for then
 * @param longestLeaseMicros the longest lease it ever promised
 * @param bootId the machine's boot while the environment is open without forced writes; empty when closed in order
 * @param mustReach what the log must hold before this site may vote or acknowledge again; {@link Standing#ZERO} for
 *     nothing
 */
public record Ballot(
        UUID incarnation,
        UUID groupId,
        String localSite,
        long highestGeneration,
        long votedGeneration,
        UUID votedFor,
        long longestLeaseMicros,
        String bootId,
        Standing mustReach) {
    private static final int FORMAT = 1;

    /** Stands for no id. */
    public static final UUID NO_ID = new UUID(0, 0);

    /** What must be reached by a site that does not know how much it has lost: only a master can tell. */
    public static final Standing UNKNOWN = new Standing(Long.MAX_VALUE, Long.MAX_VALUE);

    /** The ballot of a new environment. */
    public static Ballot first(UUID incarnation) {
        return new Ballot(incarnation, NO_ID, "", 0, 0, NO_ID, 0, "", Standing.ZERO);
    }

    /** Whether the site belongs to a group. */
    public boolean hasGroup() {
        return !groupId.equals(NO_ID);
    }

    /** The ballot of a site that belongs to a group under a name. */
    public Ballot inGroup(UUID group, String site) {
        return new Ballot(
                incarnation,
                group,
                site,
                highestGeneration,
                votedGeneration,
                votedFor,
                longestLeaseMicros,
                bootId,
                mustReach);
    }

    /** The ballot once a higher generation is known. */
    public Ballot seen(long generation) {
        return new Ballot(
                incarnation,
                groupId,
                localSite,
                Math.max(highestGeneration, generation),
                votedGeneration,
                votedFor,
                longestLeaseMicros,
                bootId,
                mustReach);
    }

    /** The ballot after voting. */
    public Ballot voted(long generation, UUID candidate) {
        return new Ballot(
                incarnation,
                groupId,
                localSite,
                Math.max(highestGeneration, generation),
                generation,
                candidate,
                longestLeaseMicros,
                bootId,
                mustReach);
    }

    /** The ballot after promising a lease of this length. */
    public Ballot promised(long leaseMicros) {
        return new Ballot(
                incarnation,
                groupId,
                localSite,
                highestGeneration,
                votedGeneration,
                votedFor,
                Math.max(longestLeaseMicros, leaseMicros),
                bootId,
                mustReach);
    }

    /** The ballot of a site that may not vote before its log holds this. */
    public Ballot mustReach(Standing standing) {
        return new Ballot(
                incarnation,
                groupId,
                localSite,
                highestGeneration,
                votedGeneration,
                votedFor,
                longestLeaseMicros,
                bootId,
                standing);
    }

    /** The ballot while open on this boot of the machine without forced writes, or closed (empty). */
    public Ballot openSince(String boot) {
        return new Ballot(
                incarnation,
                groupId,
                localSite,
                highestGeneration,
                votedGeneration,
                votedFor,
                longestLeaseMicros,
                boot,
                mustReach);
    }

    /**
     * The ballot of an environment that is opened on this boot of the machine. What was not forced before another boot may
     * be lost, and the site must not vote as if it had it (protocol.md §2.3).
     *
     * @param boot names the machine's boot; empty where that isn't known
     * @param forced whether the group's records are forced before they are acknowledged
     */
    public Ballot reopened(String boot, boolean forced) {
        boolean rebooted = !bootId.isEmpty() && !boot.isEmpty() && !bootId.equals(boot);
        Ballot next = rebooted && hasGroup() && !forced ? mustReach(UNKNOWN) : this;
        return next.openSince(boot);
    }

    /** Its bytes. */
    public byte[] encode() {
        return new ValueWriter()
                .putByte(FORMAT)
                .putUuid(incarnation)
                .putUuid(groupId)
                .putString(localSite)
                .putLong(highestGeneration)
                .putLong(votedGeneration)
                .putUuid(votedFor)
                .putLong(longestLeaseMicros)
                .putString(bootId)
                .putStanding(mustReach)
                .toByteArray();
    }

    /** Reads its bytes. */
    public static Ballot decode(byte[] bytes) {
        ValueReader in = new ValueReader(bytes);
        byte format = in.getByte();
        if (format != FORMAT) {
            throw new MalformedValueException("ballot of format " + format + "; this release reads " + FORMAT);
        }
        Ballot ballot = new Ballot(
                in.getUuid(),
                in.getUuid(),
                in.getString(),
                in.getLong(),
                in.getLong(),
                in.getUuid(),
                in.getLong(),
                in.getString(),
                in.getStanding());
        in.end();
        return ballot;
    }
}
