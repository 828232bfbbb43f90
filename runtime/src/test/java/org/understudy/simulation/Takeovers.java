package org.understudy.simulation;

import java.util.function.BooleanSupplier;

/** Replaces a site's process by another one that has its environment open, too (protocol.md §11). */
final class Takeovers {
    private final World world;
    private final BooleanSupplier may;

    /** Such as happen while they may. */
    Takeovers(World world, BooleanSupplier may) {
        this.world = world;
        this.may = may;
    }

    /** The process closes, and the other one has the environment open so much later. */
    void inOrder(SimulatedSite site, long opensMicros) {
        site.process().ifPresent(process -> {
            long mastership = process.mastership();
            process.application().makeRoom(() -> open(site, mastership, opensMicros));
        });
    }

    /** The process crashes, and the other one notices and has the environment open so much later. */
    void afterCrash(SimulatedSite site, long opensMicros) {
        site.process().ifPresent(process -> {
            long mastership = process.mastership();
            site.kill();
            open(site, mastership, opensMicros);
        });
    }

    private void open(SimulatedSite site, long mastership, long opensMicros) {
        world.agenda().after(opensMicros, () -> {
            if (may.getAsBoolean() && !site.isRemoved() && !site.isUp()) {
                site.takeOver(mastership);
            }
        });
    }
}
