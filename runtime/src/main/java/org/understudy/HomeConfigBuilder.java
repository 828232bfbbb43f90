package org.understudy;

import java.nio.file.Path;
import java.time.Duration;

/** The part of a builder that says what the home is and holds, and who may use it. */
abstract sealed class HomeConfigBuilder permits EnvironmentConfigBuilder {

    abstract <T> EnvironmentConfigBuilder set(ConfigOption<T> option, T value);

    /** Sets {@link ConfigOptions#STORAGE}. */
    public EnvironmentConfigBuilder storage(StorageKind kind) {
        return set(ConfigOptions.STORAGE, kind);
    }

    /** Sets {@link ConfigOptions#MEMORY_DIRECTORY}. */
    public EnvironmentConfigBuilder memoryDirectory(Path directory) {
        return set(ConfigOptions.MEMORY_DIRECTORY, directory);
    }

    /** Sets {@link ConfigOptions#SEGMENT_SIZE}. */
    public EnvironmentConfigBuilder segmentSizeBytes(long bytes) {
        return set(ConfigOptions.SEGMENT_SIZE, bytes);
    }

    /** Sets {@link ConfigOptions#LOG_RETENTION}. */
    public EnvironmentConfigBuilder logRetentionBytes(long bytes) {
        return set(ConfigOptions.LOG_RETENTION, bytes);
    }

    /** Sets {@link ConfigOptions#LOG_RETENTION_MAX}. */
    public EnvironmentConfigBuilder logRetentionMaxBytes(long bytes) {
        return set(ConfigOptions.LOG_RETENTION_MAX, bytes);
    }

    /** Sets {@link ConfigOptions#LOG_RETENTION_TIME}. */
    public EnvironmentConfigBuilder logRetentionTime(Duration time) {
        return set(ConfigOptions.LOG_RETENTION_TIME, time);
    }

    /** Sets {@link ConfigOptions#BLOCK_CACHE}. */
    public EnvironmentConfigBuilder blockCacheBytes(long bytes) {
        return set(ConfigOptions.BLOCK_CACHE, bytes);
    }

    /** Sets {@link ConfigOptions#WRITE_BUFFER}. */
    public EnvironmentConfigBuilder writeBufferBytes(long bytes) {
        return set(ConfigOptions.WRITE_BUFFER, bytes);
    }

    /** Sets {@link ConfigOptions#SUBORDINATES}. */
    public EnvironmentConfigBuilder subordinates(boolean subordinates) {
        return set(ConfigOptions.SUBORDINATES, subordinates);
    }

    /** Sets {@link ConfigOptions#TAKEOVER_ON_CRASH}. */
    public EnvironmentConfigBuilder takeoverOnCrash(boolean takesOver) {
        return set(ConfigOptions.TAKEOVER_ON_CRASH, takesOver);
    }

    /** Sets {@link ConfigOptions#PROCESS_TIMEOUT}. */
    public EnvironmentConfigBuilder processTimeout(Duration timeout) {
        return set(ConfigOptions.PROCESS_TIMEOUT, timeout);
    }
}
