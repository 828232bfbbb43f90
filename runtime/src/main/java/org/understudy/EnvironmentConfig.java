package org.understudy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.understudy.spi.SurroundingTransactions;

/**
 * What an environment is opened with. Immutable; {@link ConfigOptions} says what each option does, what it is unless set
 * and what it accepts.
 */
public final class EnvironmentConfig extends HomeConfig {

    private final Map<String, Object> values;
    private final ConfigParts parts;

    EnvironmentConfig(Map<String, Object> values, ConfigParts parts) {
        this.values = Map.copyOf(values);
        this.parts = parts;
    }

    /** Begins a configuration of the environment in a directory. */
    public static EnvironmentConfigBuilder builder(Path home) {
        return builder().set(ConfigOptions.HOME, home);
    }

    /** Begins a configuration whose home is still to be set. */
    public static EnvironmentConfigBuilder builder() {
        return new EnvironmentConfigBuilder(Map.of(), ConfigParts.NONE);
    }

    /** Begins a configuration that differs from this one. */
    public EnvironmentConfigBuilder toBuilder() {
        return new EnvironmentConfigBuilder(values, parts);
    }

    /** What an option was set to, or else its default; empty if it has neither. */
    public <T> Optional<T> find(ConfigOption<T> option) {
        @SuppressWarnings("unchecked") // the builder puts only a T under the key of a ConfigOption<T>
        T value = (T) values.get(option.key());
        return value == null ? option.defaultValue() : Optional.of(value);
    }

    /** Whether an option was set, be it to its default. */
    public boolean isSet(ConfigOption<?> option) {
        return values.containsKey(option.key());
    }

    @Override
    <T> T get(ConfigOption<T> option) {
        return find(option).orElseThrow();
    }

    /** {@link ConfigOptions#NAME}. */
    public String name() {
        return get(ConfigOptions.NAME);
    }

    /** {@link ConfigOptions#LOCAL_SITE}. */
    public Optional<String> localSite() {
        return find(ConfigOptions.LOCAL_SITE);
    }

    /** {@link ConfigOptions#LISTEN_ADDRESS}. */
    public Optional<String> listenAddress() {
        return find(ConfigOptions.LISTEN_ADDRESS);
    }

    /** {@link ConfigOptions#GROUP}. */
    public String group() {
        return get(ConfigOptions.GROUP);
    }

    /** {@link ConfigOptions#GROUP_CREATOR}. */
    public boolean groupCreator() {
        return get(ConfigOptions.GROUP_CREATOR);
    }

    /** {@link ConfigOptions#BOOTSTRAP_HELPERS}. */
    public List<String> bootstrapHelpers() {
        return get(ConfigOptions.BOOTSTRAP_HELPERS);
    }

    /** {@link ConfigOptions#LEGACY_SITES}. */
    public List<String> legacySites() {
        return get(ConfigOptions.LEGACY_SITES);
    }

    /** {@link ConfigOptions#TWO_SITE_STRICT}. */
    public boolean twoSiteStrict() {
        return get(ConfigOptions.TWO_SITE_STRICT);
    }

    /** {@link ConfigOptions#PREFERRED_MASTER}. */
    public Optional<String> preferredMaster() {
        return find(ConfigOptions.PREFERRED_MASTER);
    }

    /** {@link ConfigOptions#REPLACE}. */
    public boolean replace() {
        return get(ConfigOptions.REPLACE);
    }

    /** {@link ConfigOptions#VIEW}. */
    public boolean view() {
        return get(ConfigOptions.VIEW);
    }

    /** {@link ConfigOptions#VIEW_DATABASES}. */
    public List<String> viewDatabases() {
        return get(ConfigOptions.VIEW_DATABASES);
    }

    /** Which databases this view holds: the filter that was given, else {@link #viewDatabases()}; empty for all. */
    public Optional<DatabaseFilter> databaseFilter() {
        return parts.filter()
                .or(() -> viewDatabases().isEmpty()
                        ? Optional.empty()
                        : Optional.of(DatabaseFilter.ofPatterns(viewDatabases())));
    }

    /** {@link ConfigOptions#PRIORITY}. */
    public int priority() {
        return get(ConfigOptions.PRIORITY);
    }

    /** {@link ConfigOptions#ACK_POLICY}. */
    public AckPolicy ackPolicy() {
        return get(ConfigOptions.ACK_POLICY);
    }

    /** {@link ConfigOptions#ACK_TIMEOUT}. */
    public Duration ackTimeout() {
        return get(ConfigOptions.ACK_TIMEOUT);
    }

    /** {@link ConfigOptions#REFUSE_UNREPLICATED}. */
    public boolean refuseUnreplicated() {
        return get(ConfigOptions.REFUSE_UNREPLICATED);
    }

    /** {@link ConfigOptions#FORWARD_WRITES}. */
    public boolean forwardWrites() {
        return get(ConfigOptions.FORWARD_WRITES);
    }

    /** {@link ConfigOptions#FORWARD_TIMEOUT}. */
    public Duration forwardTimeout() {
        return get(ConfigOptions.FORWARD_TIMEOUT);
    }

    /** {@link ConfigOptions#FORWARD_RETENTION}. */
    public Duration forwardRetention() {
        return get(ConfigOptions.FORWARD_RETENTION);
    }

    /** {@link ConfigOptions#DURABILITY}. */
    public Durability durability() {
        return get(ConfigOptions.DURABILITY);
    }

    /** {@link ConfigOptions#HEARTBEAT_SEND}. */
    public Duration heartbeatSend() {
        return get(ConfigOptions.HEARTBEAT_SEND);
    }

    /** {@link ConfigOptions#HEARTBEAT_MONITOR}. */
    public Duration heartbeatMonitor() {
        return get(ConfigOptions.HEARTBEAT_MONITOR);
    }

    /** {@link ConfigOptions#ELECTION_TIMEOUT}. */
    public Duration electionTimeout() {
        return get(ConfigOptions.ELECTION_TIMEOUT);
    }

    /** {@link ConfigOptions#FULL_ELECTION_TIMEOUT}. */
    public Duration fullElectionTimeout() {
        return get(ConfigOptions.FULL_ELECTION_TIMEOUT);
    }

    /** {@link ConfigOptions#ELECTIONS}. */
    public boolean elections() {
        return get(ConfigOptions.ELECTIONS);
    }

    /** {@link ConfigOptions#ELECTION_RETRY}. */
    public Duration electionRetry() {
        return get(ConfigOptions.ELECTION_RETRY);
    }

    /** {@link ConfigOptions#CONNECTION_RETRY}. */
    public Duration connectionRetry() {
        return get(ConfigOptions.CONNECTION_RETRY);
    }

    /** {@link ConfigOptions#CONNECTION_RETRY_MAX}. */
    public Duration connectionRetryMax() {
        return get(ConfigOptions.CONNECTION_RETRY_MAX);
    }

    /** {@link ConfigOptions#CONNECTION_GRACE}. */
    public Duration connectionGrace() {
        return get(ConfigOptions.CONNECTION_GRACE);
    }

    /** {@link ConfigOptions#TAKEOVER_GRACE}. */
    public Duration takeoverGrace() {
        return get(ConfigOptions.TAKEOVER_GRACE);
    }

    /** {@link ConfigOptions#QUORUM_LOSS_TIMEOUT}. */
    public Duration quorumLossTimeout() {
        return get(ConfigOptions.QUORUM_LOSS_TIMEOUT);
    }

    /** {@link ConfigOptions#LEASE}. */
    public Duration lease() {
        return get(ConfigOptions.LEASE);
    }

    /** {@link ConfigOptions#CLOCK_DRIFT}, in parts per million. */
    public int clockDriftPpm() {
        return get(ConfigOptions.CLOCK_DRIFT);
    }

    /** {@link ConfigOptions#DISK_STALL_TIMEOUT}. */
    public Duration diskStallTimeout() {
        return get(ConfigOptions.DISK_STALL_TIMEOUT);
    }

    /** {@link ConfigOptions#JOIN_TIMEOUT}. */
    public Duration joinTimeout() {
        return get(ConfigOptions.JOIN_TIMEOUT);
    }

    /** {@link ConfigOptions#HANDOVER_TIMEOUT}. */
    public Duration handoverTimeout() {
        return get(ConfigOptions.HANDOVER_TIMEOUT);
    }

    /** {@link ConfigOptions#LOCKOUT_TIMEOUT}. */
    public Duration lockoutTimeout() {
        return get(ConfigOptions.LOCKOUT_TIMEOUT);
    }

    /** {@link ConfigOptions#NO_WAIT}. */
    public boolean noWait() {
        return get(ConfigOptions.NO_WAIT);
    }

    /** {@link ConfigOptions#DELAY_CLIENT_SYNC}. */
    public boolean delayClientSync() {
        return get(ConfigOptions.DELAY_CLIENT_SYNC);
    }

    /** {@link ConfigOptions#PEERS}. */
    public List<String> peers() {
        return get(ConfigOptions.PEERS);
    }

    /** {@link ConfigOptions#TRANSFER_LIMIT}. */
    public long transferLimitBytes() {
        return get(ConfigOptions.TRANSFER_LIMIT);
    }

    /** {@link ConfigOptions#AUTO_ROLLBACK}. */
    public boolean autoRollback() {
        return get(ConfigOptions.AUTO_ROLLBACK);
    }

    /** {@link ConfigOptions#ROLLBACK_LIMIT}. */
    public int rollbackLimit() {
        return get(ConfigOptions.ROLLBACK_LIMIT);
    }

    /** {@link ConfigOptions#ROLLED_BACK_RETENTION}. */
    public long rolledBackRetentionBytes() {
        return get(ConfigOptions.ROLLED_BACK_RETENTION);
    }

    /** {@link ConfigOptions#AUTO_INIT}. */
    public boolean autoInit() {
        return get(ConfigOptions.AUTO_INIT);
    }

    /** {@link ConfigOptions#CONSISTENCY}. */
    public Consistency consistency() {
        return get(ConfigOptions.CONSISTENCY);
    }

    /** {@link ConfigOptions#READ_TIMEOUT}. */
    public Duration readTimeout() {
        return get(ConfigOptions.READ_TIMEOUT);
    }

    /** {@link ConfigOptions#TRANSACTION_MAX_AGE}. */
    public Duration transactionMaxAge() {
        return get(ConfigOptions.TRANSACTION_MAX_AGE);
    }

    /** {@link ConfigOptions#CONFLICT_ATTEMPTS}. */
    public int conflictAttempts() {
        return get(ConfigOptions.CONFLICT_ATTEMPTS);
    }

    /** {@link ConfigOptions#MAX_RECORD}. */
    public long maxRecordBytes() {
        return get(ConfigOptions.MAX_RECORD);
    }

    /** {@link ConfigOptions#SEND_BUFFER}. */
    public long sendBufferBytes() {
        return get(ConfigOptions.SEND_BUFFER);
    }

    /** {@link ConfigOptions#MAX_MESSAGE}. */
    public long maxMessageBytes() {
        return get(ConfigOptions.MAX_MESSAGE);
    }

    /** {@link ConfigOptions#MESSAGE_QUEUE}. */
    public long messageQueueBytes() {
        return get(ConfigOptions.MESSAGE_QUEUE);
    }

    /** {@link ConfigOptions#REQUEST_TIMEOUT}. */
    public Duration requestTimeout() {
        return get(ConfigOptions.REQUEST_TIMEOUT);
    }

    /** What turns the parts of messages into bytes and back that are neither bytes nor text. */
    public PartCodec partCodec() {
        return parts.partCodec();
    }

    /** What finds the transaction that surrounds a call without one, if there is such a thing. */
    public Optional<SurroundingTransactions> surroundingTransactions() {
        return parts.surroundingTransactions();
    }

    /** {@link ConfigOptions#INSECURE}. */
    public boolean insecure() {
        return get(ConfigOptions.INSECURE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvironmentConfig that && values.equals(that.values) && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** What was set, in the table's order. */
    @Override
    public String toString() {
        return ConfigOptions.all().stream()
                .filter(this::isSet)
                .map(this::describe)
                .toList()
                .toString();
    }

    private <T> String describe(ConfigOption<T> option) {
        return option.key() + "=" + option.format(get(option));
    }
}
