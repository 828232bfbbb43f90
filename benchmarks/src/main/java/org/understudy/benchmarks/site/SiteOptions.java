package org.understudy.benchmarks.site;

import java.nio.file.Path;
import java.util.List;
import org.understudy.benchmarks.Message;

/**
 * How a site process is to take part.
 *
 * @param home the environment's directory, empty at the first start
 * @param address this site's {@code host:port}
 * @param creator whether this site makes the group
 * @param helpers the addresses to ask for the group; the creator's own is among them
 * @param records how many records the key space has
 * @param forced whether a commit is forced to disk, at the master and before a client's acknowledgement
 * @param forwarding whether a client's writes go to the master
 * @param subordinate whether another process has the home, and this one goes through it
 */
public record SiteOptions(
        Path home,
        String address,
        boolean creator,
        List<String> helpers,
        long records,
        boolean forced,
        boolean forwarding,
        boolean subordinate) {
    private static final String VERB = "site";

    public SiteOptions {
        helpers = List.copyOf(helpers);
    }

    /** Reads what {@link #arguments()} wrote. */
    public static SiteOptions parse(String... arguments) {
        Message message = Message.parse(VERB, List.of(arguments));
        return new SiteOptions(
                Path.of(message.text("home")),
                message.text("address"),
                message.flag("creator"),
                List.of(message.text("helpers").split(",")),
                message.number("records"),
                message.flag("forced"),
                message.flag("forwarding"),
                message.flag("subordinate"));
    }

    public List<String> arguments() {
        return List.of(
                "home=" + home,
                "address=" + address,
                "creator=" + creator,
                "helpers=" + String.join(",", helpers),
                "records=" + records,
                "forced=" + forced,
                "forwarding=" + forwarding,
                "subordinate=" + subordinate);
    }

    /** A second process on the home of the one with these options. */
    public SiteOptions ofSubordinate() {
        return new SiteOptions(home, address, false, helpers, records, forced, forwarding, true);
    }
}
