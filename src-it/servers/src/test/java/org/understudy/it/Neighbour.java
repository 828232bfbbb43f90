package org.understudy.it;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.Role;
import org.understudy.TransactionOptions;

/**
 * The other site of the application's group, in plain Java and in the tests' own process: it makes the group, and is
 * master whenever both are equally complete.
 */
final class Neighbour implements AutoCloseable {

    static final String SITE = System.getProperty("run.neighbour");

    private final EnvironmentConfig config;
    private final List<String> news = new CopyOnWriteArrayList<>();
    private Optional<Environment> environment = Optional.empty();

    Neighbour(Path home) {
        config = EnvironmentConfig.builder(home)
                .name("neighbour")
                .group("servers")
                .localSite(SITE)
                .groupCreator(true)
                .priority(200)
                .set("heartbeat-send", "200ms")
                .set("heartbeat-monitor", "2s")
                .set("election-timeout", "1s")
                .set("election-retry", "500ms")
                .set("connection-retry", "100ms")
                .set("connection-retry-max", "500ms")
                .set("quorum-loss-timeout", "2s")
                .set("durability", "WRITE_NO_SYNC")
                .build();
    }

    /** Starts it, if it is not running: anew, or again with what it has. */
    void open() {
        open(config);
    }

    /** The same, but as a client it waits for an order before it takes, and acknowledges, what a new master writes. */
    void openHesitant() {
        open(config.toBuilder().set("delay-client-sync", "true").build());
    }

    private void open(EnvironmentConfig config) {
        if (environment.isEmpty()) {
            Environment opened = Environment.open(config);
            environment = Optional.of(opened);
            opened.onMessage("greet", message -> message.reply("the neighbour greets " + message.text()));
            opened.onMessage("news", message -> news.add(message.text()));
            opened.startAsync();
        }
    }

    /** Stops it; its data stays. */
    @Override
    public void close() {
        environment.ifPresent(Environment::close);
        environment = Optional.empty();
    }

    Environment environment() {
        return environment.orElseThrow();
    }

    boolean isMaster() {
        return environment().role() == Role.MASTER;
    }

    /** Puts an entry of the application's database, which the application has stored when this returns. */
    void put(String key, String value) {
        entries().put(key, value);
    }

    /** The same, but stored by nobody else when this returns. */
    void putHere(String key, String value) {
        environment().write(TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE), transaction -> entries()
                .put(transaction, key, value));
    }

    /** What it has in one of the application's databases. */
    Optional<String> get(String database, String key) {
        return database(database).get(key);
    }

    private Database<String, String> entries() {
        return database("entries");
    }

    private Database<String, String> database(String name) {
        return environment().database(name, Codecs.STRING, Codecs.STRING);
    }

    /** What came to the topic of news. */
    List<String> news() {
        return news;
    }
}
