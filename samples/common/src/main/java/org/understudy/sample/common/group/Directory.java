package org.understudy.sample.common.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;

/**
 * Which sites there are, and where their pages are: {@code sample.sites} and {@code sample.pages}, in the same order. Who
 * tells neither is shown this site alone.
 */
@ApplicationScoped
public class Directory {

    private List<Neighbour> all = List.of();
    private String localSite = "";

    /** For the container's proxy. */
    protected Directory() {}

    /** By the configuration as it is read, because not every server injects an optional list. */
    @Inject
    Directory(Config config) {
        this(config, config.getValue("understudy.local-site", String.class));
    }

    private Directory(Config config, String localSite) {
        this(
                config.getOptionalValues("sample.sites", String.class).orElse(List.of(localSite)),
                config.getOptionalValues("sample.pages", URI.class).orElse(List.of(URI.create("./"))),
                localSite);
    }

    public Directory(List<String> sites, List<URI> pages, String localSite) {
        if (sites.size() != pages.size() || !sites.contains(localSite)) {
            throw new IllegalArgumentException("sample.sites (" + sites + ") must name as many sites as sample.pages ("
                    + pages + "), and understudy.local-site (" + localSite + ") among them");
        }
        this.all = IntStream.range(0, sites.size())
                .mapToObj(i -> new Neighbour(i + 1, sites.get(i), pages.get(i)))
                .toList();
        this.localSite = localSite;
    }

    /** All sites by number, this one included. */
    public List<Neighbour> all() {
        return all;
    }

    /** This site. */
    public Neighbour local() {
        return find(localSite).orElseThrow();
    }

    /** The other sites. */
    public List<Neighbour> others() {
        return all.stream().filter(site -> !site.site().equals(localSite)).toList();
    }

    /** The site of a name. */
    public Optional<Neighbour> find(String site) {
        return all.stream().filter(neighbour -> neighbour.site().equals(site)).findFirst();
    }

    /** The site of a number, as people write it. */
    public Optional<Neighbour> numbered(String number) {
        return all.stream()
                .filter(neighbour -> String.valueOf(neighbour.number()).equals(number))
                .findFirst();
    }

    /** What people call a site; its name if they have no number for it. */
    public String title(String site) {
        return find(site).map(Neighbour::title).orElse(site);
    }
}
