package org.understudy;

import java.nio.file.Path;
import java.time.Duration;

/** The part of a configuration that says what the home is and holds, and who may use it. */
abstract sealed class HomeConfig permits EnvironmentConfig {

    abstract <T> T get(ConfigOption<T> option);

    /**
     * {@link ConfigOptions#HOME}.
     *
     * @throws java.util.NoSuchElementException if there is none, as an environment in memory may have none
     */
    public Path home() {
        return get(ConfigOptions.HOME);
    }

    /** {@link ConfigOptions#STORAGE}. */
    public StorageKind storage() {
        return get(ConfigOptions.STORAGE);
    }

    /** {@link ConfigOptions#MEMORY_DIRECTORY}. */
    public Path memoryDirectory() {
        return get(ConfigOptions.MEMORY_DIRECTORY);
    }

    /** {@link ConfigOptions#SEGMENT_SIZE}. */
    public long segmentSizeBytes() {
        return get(ConfigOptions.SEGMENT_SIZE);
    }

    /** {@link ConfigOptions#LOG_RETENTION}. */
    public long logRetentionBytes() {
        return get(ConfigOptions.LOG_RETENTION);
    }

    /** {@link ConfigOptions#LOG_RETENTION_MAX}. */
    public long logRetentionMaxBytes() {
        return get(ConfigOptions.LOG_RETENTION_MAX);
    }

    /** {@link ConfigOptions#LOG_RETENTION_TIME}. */
    public Duration logRetentionTime() {
        return get(ConfigOptions.LOG_RETENTION_TIME);
    }

    /** {@link ConfigOptions#BLOCK_CACHE}. */
    public long blockCacheBytes() {
        return get(ConfigOptions.BLOCK_CACHE);
    }

    /** {@link ConfigOptions#WRITE_BUFFER}. */
    public long writeBufferBytes() {
        return get(ConfigOptions.WRITE_BUFFER);
    }

    /** {@link ConfigOptions#SUBORDINATES}. */
    public boolean subordinates() {
        return get(ConfigOptions.SUBORDINATES);
    }

    /** {@link ConfigOptions#TAKEOVER_ON_CRASH}. */
    public boolean takeoverOnCrash() {
        return get(ConfigOptions.TAKEOVER_ON_CRASH);
    }

    /** {@link ConfigOptions#PROCESS_TIMEOUT}. */
    public Duration processTimeout() {
        return get(ConfigOptions.PROCESS_TIMEOUT);
    }
}
