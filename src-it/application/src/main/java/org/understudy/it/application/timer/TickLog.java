package org.understudy.it.application.timer;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Entry;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.mastership.TickMissed;

/** What became of the ticks of the group's timer, in replicated databases: a line for each that ran, and for each told missed. */
@ApplicationScoped
public class TickLog {

    @Inject
    Environment environment;

    @Inject
    @DatabaseName("ticks")
    Database<UUID, String> ran;

    @Inject
    @DatabaseName("missed-ticks")
    Database<UUID, String> missed;

    /** The tick that runs has run, in a generation. */
    void ran(long generation) {
        add(ran, due() + " " + generation);
    }

    /**
     * When it was due, as the group's own record has it. Its timer could tell when the next one is; but Payara Micro counts
     * that from the moment of asking.
     */
    private String due() {
        return environment.read(transaction -> {
            try (var records = environment.database("understudy-ticks", Codecs.STRING, Codecs.STRING).stream(
                    transaction, KeyRange.all())) {
                return records.findFirst().orElseThrow().value().split(" ")[0];
            }
        });
    }

    void missed(@Observes TickMissed event) {
        add(missed, event.from() + " " + event.until() + " " + event.cause());
    }

    private void add(Database<UUID, String> database, String line) {
        environment.write(transaction -> database.put(transaction, UUID.randomUUID(), line));
    }

    List<String> allRan() {
        return all(ran);
    }

    List<String> allMissed() {
        return all(missed);
    }

    private List<String> all(Database<UUID, String> database) {
        return environment.read(transaction -> {
            try (var entries = database.stream(transaction, KeyRange.all())) {
                return entries.map(Entry::value).sorted().toList();
            }
        });
    }
}
