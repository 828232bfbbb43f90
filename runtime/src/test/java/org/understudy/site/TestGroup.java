package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Entry;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.KeyRange;
import org.understudy.Role;
import org.understudy.Status;
import org.understudy.event.ReplicationEvent;

/** Sites of one group in one JVM, on loopback, for tests: with homes of their own, real sockets and short times. */
public final class TestGroup implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final UnaryOperator<EnvironmentConfigBuilder> settings;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Environment> open = new LinkedHashMap<>();
    private final Map<String, List<ReplicationEvent>> events = new TreeMap<>();

    TestGroup(Path folder, int sites) {
        this(folder, sites, builder -> builder);
    }

    TestGroup(Path folder, int sites, UnaryOperator<EnvironmentConfigBuilder> settings) {
        this.folder = folder;
        this.settings = settings;
        names.addAll(freeNames(sites));
    }

    /** Names of sites on loopback whose ports nobody has. */
    public static List<String> freeNames(int count) {
        return LoopbackPorts.free(count).stream()
                .map(port -> "localhost:" + port)
                .toList();
    }

    String name(int site) {
        return names.get(site);
    }

    Path home(int site) {
        return folder.resolve("site" + site);
    }

    EnvironmentConfigBuilder config(int site) {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(home(site))
                .name("site" + site)
                .localSite(name(site))
                .groupCreator(site == 0)
                .bootstrapHelpers(names)
                .durability(org.understudy.Durability.WRITE_NO_SYNC)
                .set("heartbeat-send", "100ms")
                .set("heartbeat-monitor", "1s")
                .set("election-timeout", "500ms")
                .set("election-retry", "500ms")
                .set("connection-retry", "100ms")
                .set("connection-retry-max", "500ms")
                .set("quorum-loss-timeout", "2s")
                .set("ack-timeout", "5s")
                .set("join-timeout", "30s");
        return settings.apply(builder);
    }

    /** Opens a site without starting it. */
    Environment open(int site) {
        return open(site, builder -> builder);
    }

    /** The same, configured otherwise in something. */
    Environment open(int site, UnaryOperator<EnvironmentConfigBuilder> otherwise) {
        Environment environment = Environment.open(otherwise.apply(config(site)).build());
        List<ReplicationEvent> heard = events.computeIfAbsent(name(site), none -> new CopyOnWriteArrayList<>());
        environment.subscribe(heard::add);
        open.put(name(site), environment);
        return environment;
    }

    /** Opens and starts a site. */
    Environment start(int site) {
        Environment environment = open(site);
        environment.start();
        return environment;
    }

    /** Opens and starts all of them, as a restarted group must: nobody waits for one before the next is begun. */
    void startAll() {
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        for (int site = 0; site < names.size(); site++) {
            CompletionStage<Void> stage = open(site).startAsync();
            starting.add(stage.toCompletableFuture());
        }
        starting.forEach(CompletableFuture::join);
    }

    Environment site(int site) {
        return open.get(name(site));
    }

    /** Empties the home of a site that is closed. */
    void wipe(int site) {
        try (Stream<Path> files = Files.walk(home(site))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int indexOf(Environment environment) {
        return names.indexOf(environment.config().localSite().orElseThrow());
    }

    Collection<Environment> running() {
        return open.values();
    }

    void close(int site) {
        open.remove(name(site)).close();
    }

    /** The one master of the running sites, once all of them agree on it. */
    Environment master() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(running()).anyMatch(site -> site.role() == Role.MASTER);
            assertThat(running().stream().map(Environment::master).distinct()).hasSize(1);
            assertThat(running()).allMatch(site -> site.master().isPresent());
        });
        return running().stream()
                .filter(site -> site.role() == Role.MASTER)
                .findFirst()
                .orElseThrow();
    }

    /** Some running site that is not master. */
    Environment client() {
        Environment master = master();
        return running().stream().filter(site -> site != master).findFirst().orElseThrow();
    }

    /**
     * What is so at this moment. A status by itself may tell what was so a while ago, when the event loop is busy, and says so
     * by {@code responsive}.
     */
    static Status fresh(Environment site) {
        return await().atMost(PATIENCE)
                .until(site::status, status -> status.local().responsive());
    }

    static Database<String, String> names(Environment environment) {
        return environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    static Map<String, String> content(Environment environment) {
        return environment.read(txn -> {
            Map<String, String> all = new TreeMap<>();
            names(environment).stream(txn, KeyRange.all()).forEach(entry -> put(all, entry));
            return all;
        });
    }

    private static void put(Map<String, String> all, Entry<String, String> entry) {
        all.put(entry.key(), entry.value());
    }

    /** Waits until every running site holds the same, and returns that. */
    Map<String, String> converged() {
        Environment master = master();
        await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, String> expected = content(master);
            long last = master.status().local().standing().lsn();
            for (Environment site : running()) {
                assertThat(site.status().local().appliedLsn()).isEqualTo(last);
                assertThat(content(site)).isEqualTo(expected);
            }
        });
        return content(master);
    }

    List<ReplicationEvent> events(int site) {
        return events.getOrDefault(name(site), List.of());
    }

    <E extends ReplicationEvent> List<E> events(int site, Class<E> type) {
        return events(site).stream().filter(type::isInstance).map(type::cast).toList();
    }

    void stopAll() {
        List.copyOf(open.values()).forEach(Environment::close);
        open.clear();
    }

    @Override
    public void close() {
        stopAll();
    }
}
