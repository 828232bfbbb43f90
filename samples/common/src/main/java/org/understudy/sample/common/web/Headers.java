package org.understudy.sample.common.web;

import java.util.Map;

/** What goes with everything that a site serves. */
public final class Headers {

    /** The headers of every answer: pages load nothing from elsewhere, and nothing is kept for later. */
    public static final Map<String, String> ALL = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'self'");

    private Headers() {}
}
