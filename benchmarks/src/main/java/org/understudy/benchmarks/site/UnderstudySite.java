package org.understudy.benchmarks.site;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.understudy.AckPolicy;
import org.understudy.Channel;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;

/** A site of ours, with every setting that costs or saves time as it comes. */
public final class UnderstudySite implements Site, Messages {
    private static final String GROUP = "benchmark";
    private static final String DATABASE = "records";
    private static final String LARGE = "large";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Environment environment;
    private final Database<byte[], byte[]> database;
    private final Channel master;

    private UnderstudySite(SiteOptions options) {
        environment = Environment.open(EnvironmentConfig.builder(options.home())
                .localSite(options.address())
                .group(GROUP)
                .groupCreator(options.creator())
                .bootstrapHelpers(options.helpers())
                .ackPolicy(AckPolicy.QUORUM)
                .durability(options.forced() ? Durability.SYNC : Durability.WRITE_NO_SYNC)
                .forwardWrites(options.forwarding())
                .build());
        database = environment.database(DATABASE, Codecs.BYTES, Codecs.BYTES);
        if (!options.subordinate()) {
            environment.onMessage(message -> message.reply((Object) message.bytes()));
            environment.onMessage(LARGE, message -> message.reply());
        }
        master = environment.channelToMaster().timeout(PATIENCE);
        environment.start();
    }

    /** The process's entry; the arguments are those of {@link SiteOptions}. */
    public static void main(String[] arguments) throws IOException {
        SiteCommands.run(SiteOptions.parse(arguments), UnderstudySite::new);
    }

    @Override
    public boolean isMaster() {
        return environment.role() == Role.MASTER;
    }

    @Override
    public void put(byte[] key, byte[] value) {
        database.put(key, value);
    }

    @Override
    public void putAll(KeySpace keys, long first, int count) {
        SplittableRandom random = new SplittableRandom(first);
        environment.write(transaction -> {
            for (long i = first; i < first + count; i++) {
                database.put(transaction, keys.key(i), keys.randomValue(random));
            }
        });
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return database.get(key);
    }

    @Override
    public long count() {
        return database.count();
    }

    @Override
    public Optional<Messages> messages() {
        return Optional.of(this);
    }

    @Override
    public byte[] ask(byte[] request) {
        return master.request((Object) request).bytes();
    }

    @Override
    public void deliver(byte[] request) {
        master.topic(LARGE).request((Object) request);
    }

    @Override
    public void removeSite(String address) {
        environment.removeSite(address);
    }

    @Override
    public void close() {
        environment.close();
    }
}
