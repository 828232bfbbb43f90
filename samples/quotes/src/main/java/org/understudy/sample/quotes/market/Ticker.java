package org.understudy.sample.quotes.market;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.understudy.sample.common.web.LiveTopic;

/** The quotes as every open page shows them. */
@ApplicationScoped
class Ticker implements LiveTopic {

    @Inject
    Quotes quotes;

    @Override
    public String name() {
        return "quotes";
    }

    @Override
    public Object value() {
        return quotes.all();
    }
}
