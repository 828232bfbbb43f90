package org.understudy.it.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.understudy.cdi.EnvironmentName;
import org.understudy.event.BecameMaster;
import org.understudy.event.ReplicationEvent;

/** Hears the events of all environments, in the ways there are. */
@ApplicationScoped
public class Ears {

    private final List<Hearing> atOnce = new CopyOnWriteArrayList<>();
    private final List<Hearing> later = new CopyOnWriteArrayList<>();
    private final List<Hearing> ledger = new CopyOnWriteArrayList<>();
    private final List<Hearing> masterships = new CopyOnWriteArrayList<>();

    @Inject
    Surroundings surroundings;

    void hear(@Observes ReplicationEvent event) {
        atOnce.add(hearing(event));
    }

    void hearLater(@ObservesAsync ReplicationEvent event) {
        later.add(hearing(event));
    }

    void hearLedger(@Observes @EnvironmentName("ledger") ReplicationEvent event) {
        ledger.add(hearing(event));
    }

    void hearMasterships(@Observes BecameMaster event) {
        masterships.add(hearing(event));
    }

    private Hearing hearing(ReplicationEvent event) {
        return new Hearing(
                event.origin().environment(),
                event.origin().sequence(),
                event.getClass().getSimpleName(),
                surroundings.tell());
    }

    /** What was heard in one of the ways: {@code at-once}, {@code later}, {@code ledger}, {@code masterships}. */
    public List<Hearing> heard(String way) {
        return switch (way) {
            case "at-once" -> atOnce;
            case "later" -> later;
            case "ledger" -> ledger;
            case "masterships" -> masterships;
            default -> throw new IllegalArgumentException(way);
        };
    }
}
