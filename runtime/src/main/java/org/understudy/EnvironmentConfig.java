package org.understudy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an environment is opened with. Immutable; {@link ConfigOptions} says what each option does, what it is unless set
 * and what it accepts.
 */
public final class EnvironmentConfig {

    private final Map<String, Object> values;

    EnvironmentConfig(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** Begins a configuration of the environment in a directory. */
    public static EnvironmentConfigBuilder builder(Path home) {
        return new EnvironmentConfigBuilder(Map.of()).set(ConfigOptions.HOME, home);
    }

    /** Begins a configuration whose home is still to be set. */
    public static EnvironmentConfigBuilder builder() {
        return new EnvironmentConfigBuilder(Map.of());
    }

    /** Begins a configuration that differs from this one. */
    public EnvironmentConfigBuilder toBuilder() {
        return new EnvironmentConfigBuilder(values);
    }

    /** What an option was set to, or else its default; empty if it has neither. */
    public <T> Optional<T> find(ConfigOption<T> option) {
        @SuppressWarnings("unchecked") // the builder puts only a T under the key of a ConfigOption<T>
        T value = (T) values.get(option.key());
        return value == null ? option.defaultValue() : Optional.of(value);
    }

    private <T> T get(ConfigOption<T> option) {
        return find(option).orElseThrow();
    }

    public Path home() {
        return get(ConfigOptions.HOME);
    }

    public String name() {
        return get(ConfigOptions.NAME);
    }

    public Optional<String> localSite() {
        return find(ConfigOptions.LOCAL_SITE);
    }

    public String group() {
        return get(ConfigOptions.GROUP);
    }

    public boolean groupCreator() {
        return get(ConfigOptions.GROUP_CREATOR);
    }

    public List<String> bootstrapHelpers() {
        return get(ConfigOptions.BOOTSTRAP_HELPERS);
    }

    public boolean view() {
        return get(ConfigOptions.VIEW);
    }

    public int priority() {
        return get(ConfigOptions.PRIORITY);
    }

    public AckPolicy ackPolicy() {
        return get(ConfigOptions.ACK_POLICY);
    }

    public Duration ackTimeout() {
        return get(ConfigOptions.ACK_TIMEOUT);
    }

    public Durability durability() {
        return get(ConfigOptions.DURABILITY);
    }

    public Duration heartbeatSend() {
        return get(ConfigOptions.HEARTBEAT_SEND);
    }

    public Duration heartbeatMonitor() {
        return get(ConfigOptions.HEARTBEAT_MONITOR);
    }

    public Duration electionTimeout() {
        return get(ConfigOptions.ELECTION_TIMEOUT);
    }

    public Duration electionRetry() {
        return get(ConfigOptions.ELECTION_RETRY);
    }

    public Duration connectionRetry() {
        return get(ConfigOptions.CONNECTION_RETRY);
    }

    public Duration connectionRetryMax() {
        return get(ConfigOptions.CONNECTION_RETRY_MAX);
    }

    public Duration connectionGrace() {
        return get(ConfigOptions.CONNECTION_GRACE);
    }

    public Duration quorumLossTimeout() {
        return get(ConfigOptions.QUORUM_LOSS_TIMEOUT);
    }

    public Duration diskStallTimeout() {
        return get(ConfigOptions.DISK_STALL_TIMEOUT);
    }

    public Duration joinTimeout() {
        return get(ConfigOptions.JOIN_TIMEOUT);
    }

    public Duration handoverTimeout() {
        return get(ConfigOptions.HANDOVER_TIMEOUT);
    }

    public Duration lockoutTimeout() {
        return get(ConfigOptions.LOCKOUT_TIMEOUT);
    }

    public Duration transactionMaxAge() {
        return get(ConfigOptions.TRANSACTION_MAX_AGE);
    }

    public int conflictAttempts() {
        return get(ConfigOptions.CONFLICT_ATTEMPTS);
    }

    public long maxRecordBytes() {
        return get(ConfigOptions.MAX_RECORD);
    }

    public long sendBufferBytes() {
        return get(ConfigOptions.SEND_BUFFER);
    }

    public long segmentSizeBytes() {
        return get(ConfigOptions.SEGMENT_SIZE);
    }

    public long logRetentionBytes() {
        return get(ConfigOptions.LOG_RETENTION);
    }

    public long blockCacheBytes() {
        return get(ConfigOptions.BLOCK_CACHE);
    }

    public long writeBufferBytes() {
        return get(ConfigOptions.WRITE_BUFFER);
    }

    public boolean insecure() {
        return get(ConfigOptions.INSECURE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvironmentConfig that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** What was set, in the table's order. */
    @Override
    public String toString() {
        return ConfigOptions.all().stream()
                .filter(option -> values.containsKey(option.key()))
                .map(this::describe)
                .toList()
                .toString();
    }

    private <T> String describe(ConfigOption<T> option) {
        return option.key() + "=" + option.format(get(option));
    }
}
