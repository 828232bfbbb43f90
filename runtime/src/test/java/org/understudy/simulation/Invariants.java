package org.understudy.simulation;

/** All that is checked after every step of every world. */
final class Invariants {
    private Invariants() {}

    /** Has a world watched by all of them; the ledger knows what they need. */
    static Ledger watch(World world) {
        Ledger ledger = new Ledger(world.sites());
        Observers observers = world.observer();
        observers.add(new AdmittedLoss(world));
        observers.add(new NoSilentLoss());
        observers.add(new AcksAreStored(ledger));
        observers.add(new OneVote());
        observers.add(new OneMastership());
        observers.add(new OneLease());
        observers.add(new NothingGoesBack());
        observers.add(new EventsInOrder());
        observers.add(ledger);
        observers.add(new PermanentStays(ledger));
        observers.add(new ForwardedOnce(ledger));
        observers.add(new AcknowledgedSurvives(ledger));
        observers.add(new PoliciesHold(ledger));
        observers.add(new DataIsLog(ledger));
        observers.add(new TablesOverlap(ledger));
        observers.add(new TableInForce());
        observers.add(new TakesItsMastersRecords(world, ledger));
        observers.add(new NoMasterOnAStalledDisk());
        return ledger;
    }
}
