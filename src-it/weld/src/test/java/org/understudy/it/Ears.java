package org.understudy.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.understudy.cdi.EnvironmentName;
import org.understudy.event.BecameMaster;
import org.understudy.event.ReplicationEvent;

/** Hears the events of all environments, in all the ways there are. */
@ApplicationScoped
class Ears {

    private final List<ReplicationEvent> all = new CopyOnWriteArrayList<>();
    private final List<ReplicationEvent> later = new CopyOnWriteArrayList<>();
    private final List<ReplicationEvent> south = new CopyOnWriteArrayList<>();
    private final List<BecameMaster> masters = new CopyOnWriteArrayList<>();

    void hear(@Observes ReplicationEvent event) {
        all.add(event);
    }

    void hearLater(@ObservesAsync ReplicationEvent event) {
        later.add(event);
    }

    void hearSouth(@Observes @EnvironmentName("south") ReplicationEvent event) {
        south.add(event);
    }

    void hearMasters(@Observes BecameMaster event) {
        masters.add(event);
    }

    void fail(@Observes ReplicationEvent event) {
        throw new IllegalStateException("an observer that throws, as a test");
    }

    List<ReplicationEvent> all() {
        return all;
    }

    List<ReplicationEvent> later() {
        return later;
    }

    List<ReplicationEvent> south() {
        return south;
    }

    List<BecameMaster> masters() {
        return masters;
    }
}
