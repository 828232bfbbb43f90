package org.understudy;

import java.util.Locale;

/**
 * A site's name taken apart. Names are compared as text: a site whose name differs by one character is another site.
 *
 * @param host a host name, an IPv4 address, or an IPv6 address without its brackets
 * @param port 1 to 65535
 */
public record SiteAddress(String host, int port) {

    public SiteAddress {
        if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c == ',' || c == '[' || c == ']')) {
            throw new IllegalArgumentException("\"" + host + "\" is no host");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " must be 1 to 65535");
        }
    }

    /**
     * Takes {@code host:port} or {@code [ipv6]:port} apart.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static SiteAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("\"" + text + "\" must be host:port, or [address]:port for IPv6");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (bracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (bracketed != host.contains(":")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" must have brackets around an IPv6 address, and only there");
        }
        return new SiteAddress(host, Integer.parseInt(text.substring(colon + 1)));
    }

    /** Whether this host is the machine itself by its very name. No name is looked up. */
    public boolean isLoopback() {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1");
    }

    /** The name as {@link #parse} takes it. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
