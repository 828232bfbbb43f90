package org.understudy.sample.common.web;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.Set;

/**
 * Tells requests of this page from those of other pages in the same browser: whatever else is open there must not be able
 * to kill a site.
 */
final class LocalRequests {

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1");

    private LocalRequests() {}

    static boolean allows(HttpServerRequest request) {
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("");
        Optional<String> origin = Optional.ofNullable(request.getHeader("Origin"));
        return allows(host, origin);
    }

    /** The host may be no other name for this machine, and the origin, where a browser tells it, only our own page. */
    static boolean allows(String host, Optional<String> origin) {
        return LOCAL_HOSTS.contains(host.replaceFirst(":[0-9]+$", ""))
                && origin.map(("http://" + host)::equals).orElse(true);
    }
}
