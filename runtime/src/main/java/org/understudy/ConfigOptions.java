package org.understudy;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything an environment can be configured with: the one table from which the builder's checks, the properties of the
 * CDI extension and docs/configuration.md come.
 */
public final class ConfigOptions extends HomeOptions {

    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;

    public static final ConfigOption<String> NAME = TABLE.option(
            "name",
            ConfigType.TEXT,
            "default",
            "1 to 64 letters, digits, dots, dashes and underscores",
            name -> name.matches("[A-Za-z0-9._-]{1,64}"),
            "Tells this environment from others of the process, in messages, events and metrics.");

    public static final ConfigOption<String> LOCAL_SITE = TABLE.required(
            "local-site",
            ConfigType.SITE,
            "host:port or [ipv6]:port, port 1 to 65535",
            site -> true,
            "This site, exactly as the others name it, and where it listens unless listen-address says otherwise. Without one the environment is a plain local store.");

    public static final ConfigOption<String> LISTEN_ADDRESS = TABLE.required(
            "listen-address",
            ConfigType.SITE,
            "host:port or [ipv6]:port, port 1 to 65535",
            address -> true,
            "Where this site accepts connections, if that is not local-site: the others reach it at local-site through a port that is mapped, a tunnel or a proxy.");

    public static final ConfigOption<String> GROUP = TABLE.option(
            "group",
            ConfigType.TEXT,
            "understudy",
            "1 to 64 letters, digits, dots, dashes and underscores",
            name -> name.matches("[A-Za-z0-9._-]{1,64}"),
            "The group's name, the same on every site.");

    public static final ConfigOption<Boolean> GROUP_CREATOR = TABLE.flag(
            "group-creator",
            "Whether this site makes the group if none of its helpers knows one. On one site only; ignored once it is a member.");

    public static final ConfigOption<List<String>> BOOTSTRAP_HELPERS = TABLE.option(
            "bootstrap-helpers",
            ConfigType.SITES,
            List.of(),
            "names of sites with commas between them",
            sites -> true,
            "Members to ask for admission; this site itself may be among them. Ignored once it is a member.");

    public static final ConfigOption<List<String>> LEGACY_SITES = TABLE.option(
            "legacy-sites",
            ConfigType.SITES,
            List.of(),
            "names of sites with commas between them, local-site among them",
            sites -> true,
            "All sites of a group that is begun by all of them alike, instead of by a group-creator: the same names on each. The first master needs them all. Ignored once the group is made.");

    public static final ConfigOption<Boolean> TWO_SITE_STRICT = TABLE.switchedOn(
            "two-site-strict",
            "Whether one of two voting sites stays without a master while the other is away. If not, the one that is left goes on alone; QUORUM still needs both. The same for the whole group, taken from its creator.");

    public static final ConfigOption<String> PREFERRED_MASTER = TABLE.required(
            "preferred-master",
            ConfigType.SITE,
            "host:port or [ipv6]:port, port 1 to 65535",
            site -> true,
            "The site that takes mastership back by a handover whenever it has caught up. Needs two-site-strict=false. The same for the whole group, taken from its creator.");

    public static final ConfigOption<Boolean> REPLACE = TABLE.flag(
            "replace",
            "Whether a site whose home was emptied or restored takes the place of its old self by itself, instead of waiting for that to be removed. Not while its old self is connected.");

    public static final ConfigOption<Boolean> VIEW = TABLE.flag(
            "view", "Whether this site is a view: it holds a copy, and never votes, acknowledges, counts or wins.");

    public static final ConfigOption<List<String>> VIEW_DATABASES = TABLE.option(
            "view-databases",
            ConfigType.TEXTS,
            List.of(),
            "names of databases with commas between them; * is any text, ? one character",
            names -> true,
            "The databases that a view holds, decided for each when it is created; all unless set. A view that leaves some out is no source for other sites.");

    public static final ConfigOption<Integer> PRIORITY = TABLE.option(
            "priority",
            ConfigType.INTEGER,
            100,
            "0 to 1000",
            priority -> priority >= 0 && priority <= 1_000,
            "Among equally complete sites the highest priority becomes master. A site of priority 0 votes, but never becomes master.");

    public static final ConfigOption<AckPolicy> ACK_POLICY = TABLE.option(
            "ack-policy",
            ConfigType.oneOf(AckPolicy.class),
            AckPolicy.QUORUM,
            ConfigType.names(AckPolicy.class),
            policy -> true,
            "Which sites have to store a commit before it returns.");

    public static final ConfigOption<Duration> ACK_TIMEOUT = TABLE.duration(
            "ack-timeout",
            ofSeconds(1),
            ofMillis(1),
            "How long a commit waits for its ack-policy before it reports that it was not met.");

    public static final ConfigOption<Boolean> REFUSE_UNREPLICATED = TABLE.flag(
            "refuse-unreplicated",
            "Whether a commit whose ack-policy the connected sites can't meet is refused before anything is changed. If not, it is written here, and then reported as not acknowledged.");

    public static final ConfigOption<Boolean> FORWARD_WRITES = TABLE.flag(
            "forward-writes",
            "Whether what is written here while another site is master goes to that master, and whether this site takes such writes as master; to be set on every site.");

    public static final ConfigOption<Duration> FORWARD_TIMEOUT = TABLE.duration(
            "forward-timeout",
            ofSeconds(5),
            ofMillis(1),
            "How long a write that is forwarded waits for its master, beyond ack-timeout: through changes of master, and until it is here too.");

    public static final ConfigOption<Duration> FORWARD_RETENTION = TABLE.duration(
            "forward-retention",
            ofHours(24),
            ofMillis(100),
            "For how long a master keeps account of what a process has forwarded, after that one's last write: until then a commit of unknown outcome can be found.");

    public static final ConfigOption<Durability> DURABILITY = TABLE.option(
            "durability",
            ConfigType.oneOf(Durability.class),
            Durability.SYNC,
            ConfigType.names(Durability.class),
            durability -> true,
            "When a record counts as stored: forced to the disk, or handed to the operating system. The same for the whole group, taken from its creator.");

    public static final ConfigOption<Duration> HEARTBEAT_SEND = TABLE.duration(
            "heartbeat-send", ofMillis(500), ofMillis(10), "After how long without traffic a site sends a heartbeat.");

    public static final ConfigOption<Duration> HEARTBEAT_MONITOR = TABLE.duration(
            "heartbeat-monitor",
            ofSeconds(2),
            ofMillis(20),
            "After how long without traffic a connection, and with it a master, is given up. At least twice heartbeat-send.");

    public static final ConfigOption<Duration> ELECTION_TIMEOUT = TABLE.duration(
            "election-timeout", ofSeconds(2), ofMillis(20), "How long a canvass waits for members that do not answer.");

    public static final ConfigOption<Duration> FULL_ELECTION_TIMEOUT = TABLE.duration(
            "full-election-timeout",
            Duration.ZERO,
            Duration.ZERO,
            "How long the first canvass of a group that starts cold waits for all its members, those included that can't be connected to. 0 for no difference.");

    public static final ConfigOption<Duration> ELECTION_RETRY = TABLE.duration(
            "election-retry",
            ofSeconds(2),
            ofMillis(20),
            "How long after a failed election the next begins, give or take a half.");

    public static final ConfigOption<Duration> CONNECTION_RETRY = TABLE.duration(
            "connection-retry",
            ofSeconds(1),
            ofMillis(10),
            "How long after a failed attempt to connect the next is made.");

    public static final ConfigOption<Duration> CONNECTION_RETRY_MAX = TABLE.duration(
            "connection-retry-max",
            ofSeconds(5),
            ofMillis(10),
            "The longest pause between attempts to connect: after each failure it doubles up to this. At least connection-retry.");

    public static final ConfigOption<Duration> CONNECTION_GRACE = TABLE.duration(
            "connection-grace",
            ofMillis(500),
            ofMillis(0),
            "For how long a site that lost its connection still counts as connected.");

    public static final ConfigOption<Duration> TAKEOVER_GRACE = TABLE.duration(
            "takeover-grace",
            ofSeconds(3),
            ofMillis(0),
            "How long the other sites leave a master's site whose connection was closed, and whose other processes can take it over, before they elect; 0 for not at all. The time in which a subordinate opens the environment.");

    public static final ConfigOption<Duration> QUORUM_LOSS_TIMEOUT = TABLE.duration(
            "quorum-loss-timeout",
            ofSeconds(4),
            ofMillis(50),
            "After how long without a majority a master steps down.");

    public static final ConfigOption<Duration> LEASE = TABLE.duration(
            "lease",
            ofMillis(0),
            ofMillis(0),
            "For how long each answer to a master's heartbeat promises it not to vote for another; 0 for no leases, else at least 1s and twice heartbeat-send. With leases at most one site is master at any moment, and LATEST reads on it wait for nobody; a lost master is missed for longer. The same for the whole group, taken from its creator.");

    public static final ConfigOption<Integer> CLOCK_DRIFT = TABLE.option(
            "clock-drift",
            ConfigType.INTEGER,
            1_000,
            "0 to 100000",
            drift -> drift >= 0 && drift <= 100_000,
            "How much faster than another site's a clock may run, in parts per million; leases are shortened by it. The same for the whole group, taken from its creator.");

    public static final ConfigOption<Duration> DISK_STALL_TIMEOUT = TABLE.duration(
            "disk-stall-timeout",
            ofSeconds(10),
            ofMillis(50),
            "After how long with an unfinished write or force a master steps down.");

    public static final ConfigOption<Duration> JOIN_TIMEOUT = TABLE.duration(
            "join-timeout", ofSeconds(10), ofMillis(50), "How long start() tries before it says that it could not.");

    public static final ConfigOption<Duration> HANDOVER_TIMEOUT = TABLE.duration(
            "handover-timeout",
            ofSeconds(10),
            ofMillis(50),
            "How long handing mastership over may take, also when closing.");

    public static final ConfigOption<Duration> LOCKOUT_TIMEOUT = TABLE.duration(
            "lockout-timeout",
            ofSeconds(5),
            ofMillis(0),
            "How long a read waits while data is rolled back or replaced.");

    public static final ConfigOption<Boolean> NO_WAIT = TABLE.flag(
            "no-wait",
            "Whether reads throw LockoutException at once while data is rolled back or replaced, instead of waiting up to lockout-timeout.");

    public static final ConfigOption<Boolean> DELAY_CLIENT_SYNC = TABLE.flag(
            "delay-client-sync",
            "Whether a member waits for synchronize() before it synchronises with a new master, and shows what it holds until then. A site that joins does not wait.");

    public static final ConfigOption<List<String>> PEERS = TABLE.option(
            "peers",
            ConfigType.SITES,
            List.of(),
            "names of sites with commas between them",
            sites -> true,
            "The sites to catch up and to initialise from, best first; views may be among them. Without any it is the least loaded one that is up to date. What they can't serve comes from the master.");

    public static final ConfigOption<Boolean> ELECTIONS = TABLE.switchedOn(
            "elections",
            "Whether this site looks for a master by itself. If not, the application says who is master, by becomeMaster() and becomeClient().");

    public static final ConfigOption<Long> TRANSFER_LIMIT = TABLE.option(
            "transfer-limit",
            ConfigType.SIZE,
            0L,
            "0 for no limit, or 64KiB to 1TiB",
            bytes -> bytes == 0 || bytes >= 64 * KIB && bytes <= TIB,
            "How many bytes a second this site sends at most to sites that catch up or initialise from it, all together. What it sends to those that stream is not limited.");

    public static final ConfigOption<Boolean> AUTO_ROLLBACK = TABLE.switchedOn(
            "auto-rollback",
            "Whether records that the master does not have are undone unasked. If not, WouldRollback tells of them, and allowRollback() has them undone.");

    public static final ConfigOption<Integer> ROLLBACK_LIMIT = TABLE.option(
            "rollback-limit",
            ConfigType.INTEGER,
            1_000_000,
            "0 to 2147483647",
            limit -> limit >= 0,
            "How many records are undone unasked at most. Of more than that WouldRollback tells, as without auto-rollback.");

    public static final ConfigOption<Long> ROLLED_BACK_RETENTION = TABLE.size(
            "rolled-back-retention",
            256 * MIB,
            0,
            TIB,
            "How much of what was undone here is kept under rolled-back/. Above it the oldest rollbacks are deleted, never the newest.");

    public static final ConfigOption<Boolean> AUTO_INIT = TABLE.switchedOn(
            "auto-init",
            "Whether a whole copy takes the place of this site's data unasked, where the group's log no longer reaches back to it. If not, JoinFailure tells what to restore.");

    public static final ConfigOption<Consistency> CONSISTENCY = TABLE.option(
            "consistency",
            ConfigType.CONSISTENCY,
            Consistency.LOCAL,
            "LOCAL, PERMANENT, LATEST, WITHIN:duration",
            consistency -> !(consistency instanceof Consistency.AtLeast),
            "What reads ask of their snapshot that name no consistency and no transaction. A transaction begun with options asks for what they say.");

    public static final ConfigOption<Duration> READ_TIMEOUT = TABLE.duration(
            "read-timeout",
            ofSeconds(5),
            ofMillis(1),
            "How long a read waits for a snapshot of the consistency it asks for.");

    public static final ConfigOption<Duration> TRANSACTION_MAX_AGE = TABLE.duration(
            "transaction-max-age",
            ofSeconds(60),
            ofMillis(100),
            "After how long an open transaction loses its snapshot.");

    public static final ConfigOption<Integer> CONFLICT_ATTEMPTS = TABLE.option(
            "conflict-attempts",
            ConfigType.INTEGER,
            100,
            "1 to 1000000",
            attempts -> attempts >= 1 && attempts <= 1_000_000,
            "How many times in all write() runs a transaction that conflicts: at first at once, then after pauses of up to 32 ms.");

    public static final ConfigOption<Long> MAX_RECORD = TABLE.size(
            "max-record", 8 * MIB, KIB, 16 * MIB, "The largest transaction, as a record. The same on every site.");

    public static final ConfigOption<Long> SEND_BUFFER = TABLE.size(
            "send-buffer",
            64 * MIB,
            64 * KIB,
            16 * GIB,
            "How far behind, in bytes, a connected site may fall before it has to catch up from the log.");

    public static final ConfigOption<Long> MAX_MESSAGE = TABLE.size(
            "max-message",
            16 * MIB,
            KIB,
            64 * MIB,
            "The largest message, and the largest answer, that this site sends.");

    public static final ConfigOption<Long> MESSAGE_QUEUE = TABLE.size(
            "message-queue",
            64 * MIB,
            KIB,
            16 * GIB,
            "How many bytes of messages may wait here to leave for one site; beyond it more are refused. And how many from one site may wait here for their handler; beyond it no more are read. At least max-message.");

    public static final ConfigOption<Duration> REQUEST_TIMEOUT = TABLE.duration(
            "request-timeout", ofSeconds(5), ofMillis(1), "How long a request over a channel waits for its answer.");

    public static final ConfigOption<Boolean> INSECURE = TABLE.flag(
            "insecure",
            "Whether a local site that is not on loopback may listen, although anyone who reaches it could then read and write everything.");

    private ConfigOptions() {}

    /** All of them, in the order of the table. */
    public static List<ConfigOption<?>> all() {
        return TABLE.all();
    }

    /** The one of a key. */
    public static Optional<ConfigOption<?>> find(String key) {
        return all().stream().filter(option -> option.key().equals(key)).findFirst();
    }
}
