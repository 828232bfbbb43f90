package org.understudy;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.time.Duration;

/** What an environment's home is and holds, and who may use it: the first of the {@link ConfigOptions}. */
abstract sealed class HomeOptions permits ConfigOptions {

    static final ConfigTable TABLE = new ConfigTable();

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;

    public static final ConfigOption<Path> HOME = TABLE.required(
            "home",
            ConfigType.PATH,
            "a directory, made if it does not exist",
            path -> true,
            "Where the environment lives. One process at a time has it, and lets others use it. Needed unless storage is MEMORY, and not used then.");

    public static final ConfigOption<StorageKind> STORAGE = TABLE.option(
            "storage",
            ConfigType.oneOf(StorageKind.class),
            StorageKind.DISK,
            ConfigType.names(StorageKind.class),
            kind -> true,
            "Whether the environment is kept in its home or in memory, where it ends with its process: in a group it then comes back from the others.");

    public static final ConfigOption<Path> MEMORY_DIRECTORY = TABLE.option(
            "memory-directory",
            ConfigType.PATH,
            Path.of("/dev/shm"),
            "a directory of a tmpfs",
            path -> true,
            "Where an environment in memory has its data and log: a file system that is memory, with room for both.");

    public static final ConfigOption<Long> SEGMENT_SIZE =
            TABLE.size("segment-size", 64 * MIB, 64 * KIB, GIB, "After how many bytes the log begins its next file.");

    public static final ConfigOption<Long> LOG_RETENTION =
            TABLE.size("log-retention", 256 * MIB, 0, TIB, "How much log is kept beyond what any member needs.");

    public static final ConfigOption<Long> LOG_RETENTION_MAX = TABLE.size(
            "log-retention-max",
            2 * GIB,
            MIB,
            TIB,
            "How much log is kept at most, whoever needs more. A site that needs what is gone takes a whole copy; a master with that much that no majority stores takes no more commits. At least log-retention.");

    public static final ConfigOption<Duration> LOG_RETENTION_TIME = TABLE.duration(
            "log-retention-time",
            ofHours(8),
            ofMillis(100),
            "For how long the log is kept, within log-retention-max, for a member that is not connected.");

    public static final ConfigOption<Long> BLOCK_CACHE = TABLE.size(
            "block-cache",
            160 * MIB,
            MIB,
            TIB,
            "Memory for reading data, taken as it fills: nine tenths for single entries (outside the Java heap but for their index, a tenth of it; at most half of -XX:MaxDirectMemorySize), the rest for blocks of files.");

    public static final ConfigOption<Long> WRITE_BUFFER = TABLE.size(
            "write-buffer",
            32 * MIB,
            64 * KIB,
            16 * GIB,
            "Memory for data that is not yet in its files, outside the Java heap; how much log a restart goes through.");

    public static final ConfigOption<Boolean> SUBORDINATES = TABLE.switchedOn(
            "subordinates",
            "Whether several processes may use the home at once: the first has it, and the others go through it. If not, whoever comes second is refused.");

    public static final ConfigOption<Boolean> TAKEOVER_ON_CRASH = TABLE.switchedOn(
            "takeover-on-crash",
            "Whether this process takes the home over by itself when the one that had it crashed. If not, its next start() does. From one that closes it takes over in any case, if it has been started.");

    public static final ConfigOption<Duration> PROCESS_TIMEOUT = TABLE.duration(
            "process-timeout",
            ofSeconds(5),
            ofMillis(100),
            "How long a process waits for the one that has the home: when it opens it, when that one is gone until another has it, and when that one hangs until its calls there are given up, which takes two seconds at least. start() waits for another as long as join-timeout.");
}
