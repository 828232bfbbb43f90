package org.understudy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.understudy.spi.SurroundingTransactions;

/**
 * Collects an {@link EnvironmentConfig}. Nothing is refused before {@link #build()}, which then says everything that is
 * wrong.
 */
public final class EnvironmentConfigBuilder extends HomeConfigBuilder {

    private final Map<String, Object> values;
    private final Map<String, String> problems = new LinkedHashMap<>();
    private ConfigParts parts;

    EnvironmentConfigBuilder(Map<String, Object> values, ConfigParts parts) {
        this.values = new LinkedHashMap<>(values);
        this.parts = parts;
    }

    /** Sets an option. */
    @Override
    public <T> EnvironmentConfigBuilder set(ConfigOption<T> option, T value) {
        problems.remove(option.key());
        try {
            values.put(option.key(), option.checked(value));
        } catch (IllegalArgumentException e) {
            problems.put(option.key(), e.getMessage());
        }
        return this;
    }

    /** Sets the option of a key to what the text says. */
    public EnvironmentConfigBuilder set(String key, String text) {
        ConfigOptions.find(key)
                .ifPresentOrElse(option -> parse(option, text), () -> problems.put(key, "there is no option " + key));
        return this;
    }

    private <T> void parse(ConfigOption<T> option, String text) {
        try {
            set(option, option.parse(text));
        } catch (IllegalArgumentException e) {
            problems.put(option.key(), e.getMessage());
        }
    }

    /** Sets {@link ConfigOptions#NAME}. */
    public EnvironmentConfigBuilder name(String name) {
        return set(ConfigOptions.NAME, name);
    }

    /** Sets {@link ConfigOptions#LOCAL_SITE}. */
    public EnvironmentConfigBuilder localSite(String site) {
        return set(ConfigOptions.LOCAL_SITE, site);
    }

    /** Sets {@link ConfigOptions#LISTEN_ADDRESS}. */
    public EnvironmentConfigBuilder listenAddress(String address) {
        return set(ConfigOptions.LISTEN_ADDRESS, address);
    }

    /** Sets {@link ConfigOptions#GROUP}. */
    public EnvironmentConfigBuilder group(String name) {
        return set(ConfigOptions.GROUP, name);
    }

    /** Sets {@link ConfigOptions#GROUP_CREATOR}. */
    public EnvironmentConfigBuilder groupCreator(boolean creator) {
        return set(ConfigOptions.GROUP_CREATOR, creator);
    }

    /** Sets {@link ConfigOptions#BOOTSTRAP_HELPERS}. */
    public EnvironmentConfigBuilder bootstrapHelpers(List<String> sites) {
        return set(ConfigOptions.BOOTSTRAP_HELPERS, sites);
    }

    /** Sets {@link ConfigOptions#LEGACY_SITES}. */
    public EnvironmentConfigBuilder legacySites(List<String> sites) {
        return set(ConfigOptions.LEGACY_SITES, sites);
    }

    /** Sets {@link ConfigOptions#TWO_SITE_STRICT}. */
    public EnvironmentConfigBuilder twoSiteStrict(boolean strict) {
        return set(ConfigOptions.TWO_SITE_STRICT, strict);
    }

    /** Sets {@link ConfigOptions#PREFERRED_MASTER}. */
    public EnvironmentConfigBuilder preferredMaster(String site) {
        return set(ConfigOptions.PREFERRED_MASTER, site);
    }

    /** Sets {@link ConfigOptions#REPLACE}. */
    public EnvironmentConfigBuilder replace(boolean replace) {
        return set(ConfigOptions.REPLACE, replace);
    }

    /** Sets {@link ConfigOptions#VIEW}. */
    public EnvironmentConfigBuilder view(boolean view) {
        return set(ConfigOptions.VIEW, view);
    }

    /** Sets {@link ConfigOptions#VIEW_DATABASES}. */
    public EnvironmentConfigBuilder viewDatabases(List<String> patterns) {
        return set(ConfigOptions.VIEW_DATABASES, patterns);
    }

    /** Has a filter decide which databases this view holds, instead of {@link ConfigOptions#VIEW_DATABASES}. */
    public EnvironmentConfigBuilder databaseFilter(DatabaseFilter chooses) {
        parts = parts.withFilter(chooses);
        return this;
    }

    /** Sets {@link ConfigOptions#PRIORITY}. */
    public EnvironmentConfigBuilder priority(int priority) {
        return set(ConfigOptions.PRIORITY, priority);
    }

    /** Sets {@link ConfigOptions#ACK_POLICY}. */
    public EnvironmentConfigBuilder ackPolicy(AckPolicy policy) {
        return set(ConfigOptions.ACK_POLICY, policy);
    }

    /** Sets {@link ConfigOptions#ACK_TIMEOUT}. */
    public EnvironmentConfigBuilder ackTimeout(Duration timeout) {
        return set(ConfigOptions.ACK_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#REFUSE_UNREPLICATED}. */
    public EnvironmentConfigBuilder refuseUnreplicated(boolean refuse) {
        return set(ConfigOptions.REFUSE_UNREPLICATED, refuse);
    }

    /** Sets {@link ConfigOptions#FORWARD_WRITES}. */
    public EnvironmentConfigBuilder forwardWrites(boolean forward) {
        return set(ConfigOptions.FORWARD_WRITES, forward);
    }

    /** Sets {@link ConfigOptions#FORWARD_TIMEOUT}. */
    public EnvironmentConfigBuilder forwardTimeout(Duration timeout) {
        return set(ConfigOptions.FORWARD_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#FORWARD_RETENTION}. */
    public EnvironmentConfigBuilder forwardRetention(Duration time) {
        return set(ConfigOptions.FORWARD_RETENTION, time);
    }

    /** Sets {@link ConfigOptions#DURABILITY}. */
    public EnvironmentConfigBuilder durability(Durability durability) {
        return set(ConfigOptions.DURABILITY, durability);
    }

    /** Sets {@link ConfigOptions#HEARTBEAT_SEND}. */
    public EnvironmentConfigBuilder heartbeatSend(Duration pause) {
        return set(ConfigOptions.HEARTBEAT_SEND, pause);
    }

    /** Sets {@link ConfigOptions#HEARTBEAT_MONITOR}. */
    public EnvironmentConfigBuilder heartbeatMonitor(Duration silence) {
        return set(ConfigOptions.HEARTBEAT_MONITOR, silence);
    }

    /** Sets {@link ConfigOptions#ELECTION_TIMEOUT}. */
    public EnvironmentConfigBuilder electionTimeout(Duration timeout) {
        return set(ConfigOptions.ELECTION_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#FULL_ELECTION_TIMEOUT}. */
    public EnvironmentConfigBuilder fullElectionTimeout(Duration timeout) {
        return set(ConfigOptions.FULL_ELECTION_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#ELECTIONS}. */
    public EnvironmentConfigBuilder elections(boolean byItself) {
        return set(ConfigOptions.ELECTIONS, byItself);
    }

    /** Sets {@link ConfigOptions#ELECTION_RETRY}. */
    public EnvironmentConfigBuilder electionRetry(Duration pause) {
        return set(ConfigOptions.ELECTION_RETRY, pause);
    }

    /** Sets {@link ConfigOptions#CONNECTION_RETRY}. */
    public EnvironmentConfigBuilder connectionRetry(Duration pause) {
        return set(ConfigOptions.CONNECTION_RETRY, pause);
    }

    /** Sets {@link ConfigOptions#CONNECTION_RETRY_MAX}. */
    public EnvironmentConfigBuilder connectionRetryMax(Duration pause) {
        return set(ConfigOptions.CONNECTION_RETRY_MAX, pause);
    }

    /** Sets {@link ConfigOptions#CONNECTION_GRACE}. */
    public EnvironmentConfigBuilder connectionGrace(Duration grace) {
        return set(ConfigOptions.CONNECTION_GRACE, grace);
    }

    /** Sets {@link ConfigOptions#TAKEOVER_GRACE}. */
    public EnvironmentConfigBuilder takeoverGrace(Duration grace) {
        return set(ConfigOptions.TAKEOVER_GRACE, grace);
    }

    /** Sets {@link ConfigOptions#QUORUM_LOSS_TIMEOUT}. */
    public EnvironmentConfigBuilder quorumLossTimeout(Duration timeout) {
        return set(ConfigOptions.QUORUM_LOSS_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#LEASE}. */
    public EnvironmentConfigBuilder lease(Duration length) {
        return set(ConfigOptions.LEASE, length);
    }

    /** Sets {@link ConfigOptions#CLOCK_DRIFT}. */
    public EnvironmentConfigBuilder clockDriftPpm(int partsPerMillion) {
        return set(ConfigOptions.CLOCK_DRIFT, partsPerMillion);
    }

    /** Sets {@link ConfigOptions#DISK_STALL_TIMEOUT}. */
    public EnvironmentConfigBuilder diskStallTimeout(Duration timeout) {
        return set(ConfigOptions.DISK_STALL_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#JOIN_TIMEOUT}. */
    public EnvironmentConfigBuilder joinTimeout(Duration timeout) {
        return set(ConfigOptions.JOIN_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#HANDOVER_TIMEOUT}. */
    public EnvironmentConfigBuilder handoverTimeout(Duration timeout) {
        return set(ConfigOptions.HANDOVER_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#LOCKOUT_TIMEOUT}. */
    public EnvironmentConfigBuilder lockoutTimeout(Duration timeout) {
        return set(ConfigOptions.LOCKOUT_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#NO_WAIT}. */
    public EnvironmentConfigBuilder noWait(boolean noWait) {
        return set(ConfigOptions.NO_WAIT, noWait);
    }

    /** Sets {@link ConfigOptions#DELAY_CLIENT_SYNC}. */
    public EnvironmentConfigBuilder delayClientSync(boolean delay) {
        return set(ConfigOptions.DELAY_CLIENT_SYNC, delay);
    }

    /** Sets {@link ConfigOptions#PEERS}. */
    public EnvironmentConfigBuilder peers(List<String> sites) {
        return set(ConfigOptions.PEERS, sites);
    }

    /** Sets {@link ConfigOptions#TRANSFER_LIMIT}. */
    public EnvironmentConfigBuilder transferLimitBytes(long bytesPerSecond) {
        return set(ConfigOptions.TRANSFER_LIMIT, bytesPerSecond);
    }

    /** Sets {@link ConfigOptions#AUTO_ROLLBACK}. */
    public EnvironmentConfigBuilder autoRollback(boolean unasked) {
        return set(ConfigOptions.AUTO_ROLLBACK, unasked);
    }

    /** Sets {@link ConfigOptions#ROLLBACK_LIMIT}. */
    public EnvironmentConfigBuilder rollbackLimit(int records) {
        return set(ConfigOptions.ROLLBACK_LIMIT, records);
    }

    /** Sets {@link ConfigOptions#ROLLED_BACK_RETENTION}. */
    public EnvironmentConfigBuilder rolledBackRetentionBytes(long bytes) {
        return set(ConfigOptions.ROLLED_BACK_RETENTION, bytes);
    }

    /** Sets {@link ConfigOptions#AUTO_INIT}. */
    public EnvironmentConfigBuilder autoInit(boolean unasked) {
        return set(ConfigOptions.AUTO_INIT, unasked);
    }

    /** Sets {@link ConfigOptions#CONSISTENCY}. */
    public EnvironmentConfigBuilder consistency(Consistency unlessNamed) {
        return set(ConfigOptions.CONSISTENCY, unlessNamed);
    }

    /** Sets {@link ConfigOptions#READ_TIMEOUT}. */
    public EnvironmentConfigBuilder readTimeout(Duration timeout) {
        return set(ConfigOptions.READ_TIMEOUT, timeout);
    }

    /** Sets {@link ConfigOptions#TRANSACTION_MAX_AGE}. */
    public EnvironmentConfigBuilder transactionMaxAge(Duration age) {
        return set(ConfigOptions.TRANSACTION_MAX_AGE, age);
    }

    /** Sets {@link ConfigOptions#CONFLICT_ATTEMPTS}. */
    public EnvironmentConfigBuilder conflictAttempts(int attempts) {
        return set(ConfigOptions.CONFLICT_ATTEMPTS, attempts);
    }

    /** Sets {@link ConfigOptions#MAX_RECORD}. */
    public EnvironmentConfigBuilder maxRecordBytes(long bytes) {
        return set(ConfigOptions.MAX_RECORD, bytes);
    }

    /** Sets {@link ConfigOptions#SEND_BUFFER}. */
    public EnvironmentConfigBuilder sendBufferBytes(long bytes) {
        return set(ConfigOptions.SEND_BUFFER, bytes);
    }

    /** Sets {@link ConfigOptions#MAX_MESSAGE}. */
    public EnvironmentConfigBuilder maxMessageBytes(long bytes) {
        return set(ConfigOptions.MAX_MESSAGE, bytes);
    }

    /** Sets {@link ConfigOptions#MESSAGE_QUEUE}. */
    public EnvironmentConfigBuilder messageQueueBytes(long bytes) {
        return set(ConfigOptions.MESSAGE_QUEUE, bytes);
    }

    /** Sets {@link ConfigOptions#REQUEST_TIMEOUT}. */
    public EnvironmentConfigBuilder requestTimeout(Duration timeout) {
        return set(ConfigOptions.REQUEST_TIMEOUT, timeout);
    }

    /** Has parts of messages that are neither bytes nor text turned into bytes and back by this codec. */
    public EnvironmentConfigBuilder partCodec(PartCodec codec) {
        parts = parts.withPartCodec(codec);
        return this;
    }

    /** Has calls without a transaction join the one that these find around them, if they find one. */
    public EnvironmentConfigBuilder surroundingTransactions(SurroundingTransactions transactions) {
        parts = parts.withSurroundingTransactions(transactions);
        return this;
    }

    /** Sets {@link ConfigOptions#INSECURE}. */
    public EnvironmentConfigBuilder insecure(boolean insecure) {
        return set(ConfigOptions.INSECURE, insecure);
    }

    /**
     * The configuration.
     *
     * @throws ConfigurationException with all that is wrong, if anything is
     */
    public EnvironmentConfig build() {
        EnvironmentConfig config = new EnvironmentConfig(values, parts);
        List<String> found = ConfigRules.broken(config, problems);
        if (!found.isEmpty()) {
            throw new ConfigurationException(Place.of(config), found);
        }
        return config;
    }
}
