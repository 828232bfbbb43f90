package org.understudy.sample.quotes.market;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.understudy.NotMasterException;
import org.understudy.ReplicationException;
import org.understudy.sample.common.group.Directory;
import org.understudy.sample.common.group.Neighbour;
import org.understudy.sample.common.web.Answer;
import org.understudy.sample.common.web.Button;

/** Sets a price, where that can be done: on the master. */
@ApplicationScoped
class SetPrice implements Button {

    @Inject
    Directory directory;

    @Inject
    Quotes quotes;

    @Override
    public String path() {
        return "/quote";
    }

    @Override
    public Answer press(UnaryOperator<String> parameters) {
        return change(parameters.apply("symbol"), parameters.apply("price"));
    }

    private Answer change(String symbol, String price) {
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
