package org.understudy;

import java.util.Optional;

/** Only the master writes, and this site is none. Nothing was written: ask the master. */
public final class NotMasterException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final String master;

    public NotMasterException(Place place, Optional<String> master) {
        super(
                place,
                true,
                "This site is not master, so it cannot write; "
                        + master.map(name -> "write at the master, " + name)
                                .orElse("no master is known now, so try again once one is"));
        this.master = master.orElse(null);
    }

    private NotMasterException(Place place, String message, Optional<String> master) {
        super(place, true, message);
        this.master = master.orElse(null);
    }

    /** Where this site forwards its writes, but its master takes none. */
    public static NotMasterException withoutForwarding(Place place, Optional<String> master) {
        return new NotMasterException(
                place,
                "This site is not master, and its master"
                        + master.map(name -> ", " + name + ",").orElse("")
                        + " takes no forwarded writes: write there, or set forward-writes on every site that may be master",
                master);
    }

    /** This site is master, but the group has leases, and it has none now: another site may be master already. */
    public static NotMasterException withoutLease(Place place, Optional<String> master) {
        return new NotMasterException(
                place,
                "This site has no lease now, so it can't tell whether it is still master; try again: it gets one, or another"
                        + " site becomes master",
                master);
    }

    /** The master, as far as this site knew. */
    public Optional<String> master() {
        return Optional.ofNullable(master);
    }
}
