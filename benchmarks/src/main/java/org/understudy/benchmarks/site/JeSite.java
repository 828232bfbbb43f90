package org.understudy.benchmarks.site;

import com.sleepycat.je.Database;
import com.sleepycat.je.DatabaseConfig;
import com.sleepycat.je.DatabaseEntry;
import com.sleepycat.je.DatabaseNotFoundException;
import com.sleepycat.je.Durability;
import com.sleepycat.je.Durability.ReplicaAckPolicy;
import com.sleepycat.je.Durability.SyncPolicy;
import com.sleepycat.je.EnvironmentConfig;
import com.sleepycat.je.LockMode;
import com.sleepycat.je.OperationStatus;
import com.sleepycat.je.Transaction;
import com.sleepycat.je.rep.InsufficientLogException;
import com.sleepycat.je.rep.NetworkRestore;
import com.sleepycat.je.rep.NetworkRestoreConfig;
import com.sleepycat.je.rep.NoConsistencyRequiredPolicy;
import com.sleepycat.je.rep.ReplicaWriteException;
import com.sleepycat.je.rep.ReplicatedEnvironment;
import com.sleepycat.je.rep.ReplicationConfig;
import com.sleepycat.je.rep.util.ReplicationGroupAdmin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** A node of Berkeley DB Java Edition's High Availability, set up as its guide advises. */
public final class JeSite implements Site {
    private static final System.Logger LOGGER = System.getLogger(JeSite.class.getName());
    private static final String GROUP = "benchmark";
    private static final String DATABASE = "records";

    private final SiteOptions options;
    private final ReplicatedEnvironment environment;
    private volatile Optional<Database> opened = Optional.empty();

    private JeSite(SiteOptions options) {
        this.options = options;
        this.environment = open(options);
    }

    /** The process's entry; the arguments are those of {@link SiteOptions}. */
    public static void main(String[] arguments) throws IOException {
        SiteOptions options = SiteOptions.parse(arguments);
        Files.createDirectories(options.home());
        SiteCommands.run(options, JeSite::new);
    }

    private static ReplicatedEnvironment open(SiteOptions options) {
        try {
            return new ReplicatedEnvironment(options.home().toFile(), replication(options), environment(options));
        } catch (InsufficientLogException e) {
            LOGGER.log(System.Logger.Level.INFO, "Restoring over the network", e);
            new NetworkRestore().execute(e, new NetworkRestoreConfig());
            return new ReplicatedEnvironment(options.home().toFile(), replication(options), environment(options));
        }
    }

    private static ReplicationConfig replication(SiteOptions options) {
        ReplicationConfig config = new ReplicationConfig(GROUP, nodeName(options.address()), options.address());
        config.setHelperHosts(options.creator() ? options.address() : String.join(",", options.helpers()));
        // A plain read of Understudy's waits for no lag either.
        config.setConsistencyPolicy(NoConsistencyRequiredPolicy.NO_CONSISTENCY);
        return config;
    }

    private static EnvironmentConfig environment(SiteOptions options) {
        SyncPolicy policy = options.forced() ? SyncPolicy.SYNC : SyncPolicy.WRITE_NO_SYNC;
        EnvironmentConfig config = new EnvironmentConfig().setAllowCreate(true).setTransactional(true);
        config.setDurability(new Durability(policy, policy, ReplicaAckPolicy.SIMPLE_MAJORITY));
        return config;
    }

    private static String nodeName(String address) {
        return "site-" + address.replace(':', '-');
    }

    @Override
    public boolean isMaster() {
        return environment.getState().isMaster();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        writable().put(null, new DatabaseEntry(key), new DatabaseEntry(value));
    }

    @Override
    public void putAll(KeySpace keys, long first, int count) {
        Database database = writable();
        SplittableRandom random = new SplittableRandom(first);
        Transaction transaction = environment.beginTransaction(null, null);
        try {
            for (long i = first; i < first + count; i++) {
                database.put(transaction, new DatabaseEntry(keys.key(i)), new DatabaseEntry(keys.randomValue(random)));
            }
            transaction.commit();
        } catch (RuntimeException e) {
            transaction.abort();
            throw e;
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return database().flatMap(database -> get(database, key));
    }

    private static Optional<byte[]> get(Database database, byte[] key) {
        DatabaseEntry value = new DatabaseEntry();
        OperationStatus status = database.get(null, new DatabaseEntry(key), value, LockMode.DEFAULT);
        return status == OperationStatus.SUCCESS ? Optional.of(value.getData()) : Optional.empty();
    }

    @Override
    public long count() {
        return database().map(Database::count).orElse(0L);
    }

    @Override
    public Optional<Messages> messages() {
        return Optional.empty();
    }

    @Override
    public void removeSite(String address) {
        new ReplicationGroupAdmin(GROUP, helperSockets()).removeMember(nodeName(address));
    }

    private Set<InetSocketAddress> helperSockets() {
        return options.helpers().stream().map(JeSite::socket).collect(Collectors.toSet());
    }

    private static InetSocketAddress socket(String address) {
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private Database writable() {
        return database()
                .orElseThrow(() -> new IllegalStateException(
                        "The database has not been replicated to this site yet: write on the master, or wait"));
    }

    private Optional<Database> database() {
        Optional<Database> database = opened;
        return database.isPresent() ? database : openDatabase();
    }

    private synchronized Optional<Database> openDatabase() {
        if (opened.isEmpty()) {
            try {
                DatabaseConfig config =
                        new DatabaseConfig().setTransactional(true).setAllowCreate(true);
                opened = Optional.of(environment.openDatabase(null, DATABASE, config));
            } catch (ReplicaWriteException | DatabaseNotFoundException e) {
                // Only the master creates it; a replica finds it here once its record has arrived.
                LOGGER.log(System.Logger.Level.DEBUG, "No database yet", e);
            }
        }
        return opened;
    }

    @Override
    public void close() {
        opened.ifPresent(Database::close);
        environment.close();
    }
}
