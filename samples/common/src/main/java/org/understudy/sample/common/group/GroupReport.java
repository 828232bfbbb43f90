package org.understudy.sample.common.group;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The whole group as one site's page shows it.
 *
 * @param here the number of the site that serves the page
 * @param master what people call the site that it takes for the master
 * @param health where this site answers for MicroProfile Health
 * @param terminal whether the sample's terminal runs it: then it can be killed, and started again
 * @param members every site, by number
 */
public record GroupReport(int here, Optional<String> master, URI health, boolean terminal, List<Member> members) {

    public GroupReport {
        members = List.copyOf(members);
    }

    /**
     * One site of it.
     *
     * @param number what people call it
     * @param site its name in the group
     * @param page where its page is
     * @param connected whether the site that serves the page has a connection to it, or is it
     * @param report what it says about itself; empty if it doesn't answer
     */
    public record Member(int number, String site, URI page, boolean connected, Optional<SiteReport> report) {}
}
