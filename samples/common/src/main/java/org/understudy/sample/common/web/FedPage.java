package org.understudy.sample.common.web;

import java.util.HashMap;
import java.util.Map;

/** An open page and what it shows, by topic: it is sent what has changed since, and a beat. */
final class FedPage {

    /** By which a page knows that its site is alive. */
    static final String BEAT = "beat";

    private final OpenPage page;
    private final Map<String, String> shown = new HashMap<>();

    FedPage(OpenPage page) {
        this.page = page;
    }

    boolean isGone() {
        return page.isGone();
    }

    /** Has it show all topics as they are now; one that doesn't keep up gets the next state instead. */
    void show(Map<String, String> now) {
        if (!page.keepsUp()) {
            return;
        }
        now.forEach((topic, value) -> {
            if (!value.equals(shown.put(topic, value))) {
                page.send(topic, value);
            }
        });
        page.send(BEAT, "{}");
    }
}
