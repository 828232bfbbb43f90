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

    /** The master, as far as this site knew. */
    public Optional<String> master() {
        return Optional.ofNullable(master);
    }
}
