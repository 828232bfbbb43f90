package org.understudy.sample.quotes.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Optional;
import org.understudy.Environment;
import org.understudy.NotMasterException;
import org.understudy.ReplicationException;
import org.understudy.sample.quotes.group.Directory;
import org.understudy.sample.quotes.group.Neighbour;
import org.understudy.sample.quotes.market.Quotes;

/** What the page's buttons do. All of it waits for the group, so none of it runs on an event loop. */
@ApplicationScoped
class Actions {

    @Inject
    Environment environment;

    @Inject
    Directory directory;

    @Inject
    Quotes quotes;

    /** Sets a price, where that can be done: on the master. */
    Answer change(String symbol, String price) {
        try {
            BigDecimal wanted = new BigDecimal(price);
            if (wanted.signum() <= 0) {
                return Answer.refused(400, "A price is more than nothing.");
            }
            quotes.change(symbol, wanted);
            return Answer.done(symbol + " now costs " + wanted.toPlainString() + ", here and on every other site.");
        } catch (NumberFormatException e) {
            return Answer.refused(400, "“" + price + "” is no price: write it like 12.30.");
        } catch (IllegalArgumentException e) {
            return Answer.refused(400, e.getMessage() + ".");
        } catch (NotMasterException e) {
            return notMaster(e.master().flatMap(directory::find));
        } catch (ReplicationException e) {
            return Answer.refused(503, e.getMessage());
        }
    }

    /** Makes another site master. Can be asked of any site. */
    Answer handOver(String number) {
        Optional<Neighbour> target = directory.all().stream()
                .filter(site -> String.valueOf(site.number()).equals(number))
                .findFirst();
        if (target.isEmpty()) {
            return Answer.refused(400, "There is no site " + number + ".");
        }
        try {
            environment.transferMastership(target.get().site());
            return Answer.done(target.get().title() + " is master now.");
        } catch (ReplicationException e) {
            return Answer.refused(503, e.getMessage());
        }
    }

    private Answer notMaster(Optional<Neighbour> master) {
        String here = directory.local().title() + " is a client: it reads, and only the master writes. ";
        return new Answer(
                409,
                here
                        + master.map(site -> "That is " + site.title() + ".")
                                .orElse("There is no master now; try again in a moment."),
                master.map(Neighbour::page));
    }
}
