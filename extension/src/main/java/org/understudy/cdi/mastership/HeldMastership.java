package org.understudy.cdi.mastership;

import org.understudy.Environment;
import org.understudy.NotMasterException;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.Status;

/** One mastership of one site, entered once and never regained. */
final class HeldMastership implements Mastership {

    private final Environment held;
    private final Place place;
    private final long generation;
    private volatile boolean lost;

    private HeldMastership(Environment held, Place place, long generation) {
        this.held = held;
        this.place = place;
        this.generation = generation;
    }

    /**
     * The mastership of this moment.
     *
     * @throws NotMasterException if this site has none, or no valid lease (protocol.md §4.5)
     * @throws ReplicationException if the environment is of no use any more
     */
    static HeldMastership enter(Environment environment) {
        long generation = environment.generation();
        environment.requireMaster(generation);
        HeldMastership entered = new HeldMastership(environment, Place.of(environment.config()), generation);
        if (!entered.isStillMaster()) {
            environment.requireMaster(generation);
            throw NotMasterException.withoutLease(entered.place, environment.master());
        }
        return entered;
    }

    @Override
    public String environment() {
        return place.environment();
    }

    Place place() {
        return place;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public boolean isStillMaster() {
        if (!lost && !holds()) {
            lost = true;
        }
        return !lost; // another thread may have found out meanwhile
    }

    /** The role is looked at after the lease: whoever is master of this generation then was it when the lease was. */
    private boolean holds() {
        try {
            held.requireMaster(generation);
            boolean leased = hasLease();
            held.requireMaster(generation);
            return leased;
        } catch (ReplicationException e) {
            return false;
        }
    }

    /** Counted from before the question: what is left of a lease was left no earlier. */
    private boolean hasLease() {
        long askedNanos = System.nanoTime();
        Status status = held.status();
        if (!status.lease().isOn()) {
            return true;
        }
        return status.local().responsive()
                && System.nanoTime() - askedNanos < status.lease().held().toNanos();
    }

    @Override
    public void requireStillMaster() {
        if (!isStillMaster()) {
            throw new MastershipLostException(place, generation);
        }
    }

    @Override
    public Mastership captured() {
        return this;
    }

    @Override
    public String toString() {
        return "mastership of " + place + " in generation " + generation;
    }
}
