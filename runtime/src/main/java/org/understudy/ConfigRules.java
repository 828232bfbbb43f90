package org.understudy;

import static org.understudy.ConfigOptions.BOOTSTRAP_HELPERS;
import static org.understudy.ConfigOptions.CONNECTION_RETRY;
import static org.understudy.ConfigOptions.CONNECTION_RETRY_MAX;
import static org.understudy.ConfigOptions.ELECTION_TIMEOUT;
import static org.understudy.ConfigOptions.FULL_ELECTION_TIMEOUT;
import static org.understudy.ConfigOptions.GROUP_CREATOR;
import static org.understudy.ConfigOptions.HEARTBEAT_MONITOR;
import static org.understudy.ConfigOptions.HEARTBEAT_SEND;
import static org.understudy.ConfigOptions.HOME;
import static org.understudy.ConfigOptions.INSECURE;
import static org.understudy.ConfigOptions.LEASE;
import static org.understudy.ConfigOptions.LEGACY_SITES;
import static org.understudy.ConfigOptions.LISTEN_ADDRESS;
import static org.understudy.ConfigOptions.LOCAL_SITE;
import static org.understudy.ConfigOptions.LOG_RETENTION;
import static org.understudy.ConfigOptions.LOG_RETENTION_MAX;
import static org.understudy.ConfigOptions.MAX_MESSAGE;
import static org.understudy.ConfigOptions.MESSAGE_QUEUE;
import static org.understudy.ConfigOptions.PREFERRED_MASTER;
import static org.understudy.ConfigOptions.PRIORITY;
import static org.understudy.ConfigOptions.STORAGE;
import static org.understudy.ConfigOptions.TWO_SITE_STRICT;
import static org.understudy.ConfigOptions.VIEW;
import static org.understudy.ConfigOptions.VIEW_DATABASES;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has to hold between options that are each accepted by themselves. */
final class ConfigRules {

    /** Below it, what the clocks can't tell is too large a part of it. */
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

    private final EnvironmentConfig config;
    private final Set<String> refused;
    private final List<String> problems = new ArrayList<>();

    private ConfigRules(EnvironmentConfig config, Set<String> refused) {
        this.config = config;
        this.refused = refused;
    }

    /** The rules a configuration breaks, one sentence each; nothing about options that were refused already. */
    static List<String> broken(EnvironmentConfig config, Map<String, String> refused) {
        ConfigRules rules = new ConfigRules(config, refused.keySet());
        rules.problems.addAll(refused.values());
        rules.check();
        return rules.problems;
    }

    private void check() {
        require(isSet(HOME) || isInMemory(), "home must be set: the directory of the environment", HOME, STORAGE);
        require(
                config.heartbeatMonitor().compareTo(config.heartbeatSend().multipliedBy(2)) >= 0,
                text(HEARTBEAT_MONITOR) + " must be at least twice " + text(HEARTBEAT_SEND),
                HEARTBEAT_MONITOR,
                HEARTBEAT_SEND);
        boolean longer = config.fullElectionTimeout().isZero()
                || config.fullElectionTimeout().compareTo(config.electionTimeout()) >= 0;
        require(
                longer,
                text(FULL_ELECTION_TIMEOUT) + " must be at least " + text(ELECTION_TIMEOUT) + ", or 0",
                FULL_ELECTION_TIMEOUT,
                ELECTION_TIMEOUT);
        require(
                config.connectionRetryMax().compareTo(config.connectionRetry()) >= 0,
                text(CONNECTION_RETRY_MAX) + " must be at least " + text(CONNECTION_RETRY),
                CONNECTION_RETRY_MAX,
                CONNECTION_RETRY);
        require(
                config.logRetentionMaxBytes() >= config.logRetentionBytes(),
                text(LOG_RETENTION_MAX) + " must be at least " + text(LOG_RETENTION),
                LOG_RETENTION_MAX,
                LOG_RETENTION);
        require(
                config.messageQueueBytes() >= config.maxMessageBytes(),
                text(MESSAGE_QUEUE) + " must be at least " + text(MAX_MESSAGE),
                MESSAGE_QUEUE,
                MAX_MESSAGE);
        checkPair();
        boolean longEnough = config.lease().compareTo(SHORTEST_LEASE) >= 0
                && config.lease().compareTo(config.heartbeatSend().multipliedBy(2)) >= 0;
        require(
                config.lease().isZero() || longEnough,
                text(LEASE) + " must be 0, or at least 1s and at least twice " + text(HEARTBEAT_SEND),
                LEASE,
                HEARTBEAT_SEND);
        require(
                config.lease().isZero() || config.twoSiteStrict(),
                text(LEASE) + " needs two-site-strict = true: one of two sites that goes on alone can hold no lease",
                LEASE,
                TWO_SITE_STRICT);
        if (isSet(LOCAL_SITE)) {
            checkLocalSite();
        } else {
            checkNoLocalSite();
        }
    }

    private void checkLocalSite() {
        checkCreatorInMemory();
        checkLegacySites();
        checkLoopback(LOCAL_SITE);
        checkLoopback(LISTEN_ADDRESS);
        require(
                config.view() || config.databaseFilter().isEmpty(),
                text(VIEW_DATABASES) + " or a filter needs view = true: every other site holds all databases",
                VIEW,
                VIEW_DATABASES);
        require(
                !config.groupCreator() || config.view() || config.priority() > 0,
                "the site that makes a group is its first master, and one of " + text(PRIORITY)
                        + " can't be: set group-creator on a site of a higher priority",
                GROUP_CREATOR,
                PRIORITY);
        require(
                !config.view() || !config.groupCreator(),
                "a view cannot make a group: set group-creator on a site that votes",
                VIEW,
                GROUP_CREATOR);
    }

    /** All sites begin the group alike, so that none makes it, none asks for it, and each votes. */
    private void checkLegacySites() {
        List<String> sites = config.legacySites();
        boolean legacy = !sites.isEmpty();
        String local = config.localSite().orElseThrow();
        require(
                !legacy || sites.contains(local),
                text(LEGACY_SITES) + " must name every site of the group, local-site = " + local + " among them,"
                        + " exactly as the others name it",
                LEGACY_SITES,
                LOCAL_SITE);
        require(
                !legacy || Set.copyOf(sites).size() > 1,
                "legacy-sites needs two sites at least: a site that makes its group alone says group-creator=true",
                LEGACY_SITES);
        require(
                !legacy || !config.groupCreator(),
                "legacy-sites makes the group on all sites alike: remove " + text(GROUP_CREATOR)
                        + ", or remove legacy-sites everywhere",
                LEGACY_SITES,
                GROUP_CREATOR);
        require(
                !legacy || config.bootstrapHelpers().isEmpty(),
                "legacy-sites names all sites of the group: remove " + text(BOOTSTRAP_HELPERS)
                        + ", or, on a site that joins a group that is made already, remove legacy-sites",
                LEGACY_SITES,
                BOOTSTRAP_HELPERS);
        require(
                !legacy || !config.view(),
                "the sites of legacy-sites all vote: let a view join with bootstrap-helpers once the group is made",
                LEGACY_SITES,
                VIEW);
    }

    private void checkLoopback(ConfigOption<String> site) {
        boolean loopback = config.find(site)
                .map(SiteAddress::parse)
                .map(SiteAddress::isLoopback)
                .orElse(true);
        require(
                loopback || config.insecure(),
                text(site)
                        + " is not on loopback, and connections are not protected yet: whoever reaches the port"
                        + " could read and write everything; use a loopback address, or accept that with insecure = true",
                site,
                INSECURE);
    }

    /** After a restart it knows nothing, and only the others can tell it that the group is there. */
    private void checkCreatorInMemory() {
        boolean asksOthers = config.bootstrapHelpers().stream()
                .anyMatch(helper -> !config.localSite().equals(Optional.of(helper)));
        require(
                !isInMemory() || !config.groupCreator() || asksOthers,
                text(STORAGE) + " with " + text(GROUP_CREATOR) + " needs other sites in bootstrap-helpers: it asks them"
                        + " whether there is a group, or each restart would make another one",
                STORAGE,
                GROUP_CREATOR,
                BOOTSTRAP_HELPERS);
    }

    private boolean isInMemory() {
        return config.storage() == StorageKind.MEMORY;
    }

    private void checkPair() {
        require(
                !isSet(PREFERRED_MASTER) || !config.twoSiteStrict(),
                text(PREFERRED_MASTER) + " needs two-site-strict = false",
                PREFERRED_MASTER,
                TWO_SITE_STRICT);
    }

    private void checkNoLocalSite() {
        String without = " needs local-site, the name of this site in its group";
        require(!config.groupCreator(), text(GROUP_CREATOR) + without, GROUP_CREATOR, LOCAL_SITE);
        require(config.bootstrapHelpers().isEmpty(), text(BOOTSTRAP_HELPERS) + without, BOOTSTRAP_HELPERS, LOCAL_SITE);
        require(config.legacySites().isEmpty(), text(LEGACY_SITES) + without, LEGACY_SITES, LOCAL_SITE);
        require(config.databaseFilter().isEmpty(), text(VIEW_DATABASES) + without, VIEW_DATABASES, LOCAL_SITE);
        require(!config.view(), text(VIEW) + without, VIEW, LOCAL_SITE);
        require(!isSet(LISTEN_ADDRESS), text(LISTEN_ADDRESS) + without, LISTEN_ADDRESS, LOCAL_SITE);
    }

    private void require(boolean held, String problem, ConfigOption<?>... about) {
        boolean refusedAlready = List.of(about).stream().map(ConfigOption::key).anyMatch(refused::contains);
        if (!held && !refusedAlready) {
            problems.add(problem);
        }
    }

    private boolean isSet(ConfigOption<?> option) {
        return config.find(option).isPresent();
    }

    private <T> String text(ConfigOption<T> option) {
        return option.key()
                + config.find(option).map(value -> " = " + option.format(value)).orElse("");
    }
}
