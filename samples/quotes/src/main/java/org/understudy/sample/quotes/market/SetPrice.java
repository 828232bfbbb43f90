package org.understudy.sample.quotes.market;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;
import org.understudy.ReplicationException;
import org.understudy.sample.common.web.Answer;
import org.understudy.sample.common.web.Button;

/** Sets a price, on whichever site. */
@ApplicationScoped
class SetPrice implements Button {

    @Inject
    Quotes quotes;

    @Override
    public String name() {
        return "quote";
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
            return Answer.done(
                    symbol + " now costs " + wanted.toPlainString() + ", here and on a majority of the sites.");
        } catch (NumberFormatException e) {
            return Answer.refused(400, "“" + price + "” is no price: write it like 12.30.");
        } catch (IllegalArgumentException e) {
            return Answer.refused(400, e.getMessage() + ".");
        } catch (ReplicationException e) {
            return Answer.refused(503, e.getMessage());
        }
    }
}
