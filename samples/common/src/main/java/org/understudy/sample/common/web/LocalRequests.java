package org.understudy.sample.common.web;

import java.util.Optional;
import java.util.Set;

/**
 * Tells requests of this page from those of other pages in the same browser: whatever else is open there must not be able
 * to kill a site.
 */
public final class LocalRequests {

    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1");

    private LocalRequests() {}

    /** The host may be no other name for this machine, and the origin, where a browser tells it, only our own page. */
    public static boolean allows(Optional<String> host, Optional<String> origin) {
        return host.map(name -> name.replaceFirst(":[0-9]+$", ""))
                        .filter(LOCAL_HOSTS::contains)
                        .isPresent()
                && origin.map(("http://" + host.orElse(""))::equals).orElse(true);
    }
}
