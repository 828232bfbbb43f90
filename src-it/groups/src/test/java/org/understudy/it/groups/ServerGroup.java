package org.understudy.it.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.understudy.it.server.Server;
import org.understudy.it.server.ServerKind;
import org.understudy.it.support.Distributions;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Jdk;

/**
 * A group whose sites are servers. No timeout has a part in a takeover here: a group that had to wait for one, for a
 * connection that is still believed in or for a member that does not answer, would take {@link #NEVER}, and nobody waits
 * for that long.
 */
final class ServerGroup implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NEVER = "10m";

    private final List<Site> sites = new ArrayList<>();

    /** One of servers of these kinds, with their files below a folder; nothing is started yet. */
    ServerGroup(Path folder, Jdk jdk, List<ServerKind> kinds) {
        List<String> names = FreePorts.find(kinds.size()).stream()
                .map(port -> Server.ADDRESS + ":" + port)
                .toList();
        for (int i = 0; i < kinds.size(); i++) {
            Path place = folder.resolve(kinds.get(i).name().toLowerCase(Locale.ROOT) + i);
            Server server = kinds.get(i).in(place).on(jdk);
            server.with("understudy.home", place.resolve("home").toString())
                    .with("understudy.local-site", names.get(i))
                    .with("understudy.bootstrap-helpers", String.join(",", names))
                    .with("understudy.group-creator", String.valueOf(i == 0))
                    .with("understudy.heartbeat-monitor", NEVER)
                    .with("understudy.election-timeout", NEVER);
            server.deploy(Site.APPLICATION, Distributions.application());
            sites.add(new Site(names.get(i), server));
        }
    }

    ServerGroup with(String property, String value) {
        sites.forEach(site -> site.server().with(property, value));
        return this;
    }

    List<Site> sites() {
        return sites;
    }

    /** All but these. */
    List<Site> without(Site... gone) {
        return sites.stream().filter(site -> !List.of(gone).contains(site)).toList();
    }

    /** Starts servers side by side, and waits until they have the application. */
    void start(Collection<Site> some) {
        long began = System.nanoTime();
        some.forEach(site -> site.server().begin());
        some.forEach(site -> site.server().awaitStart());
        say(some.size() + " servers, " + kinds(some) + ", have started side by side after " + since(began));
    }

    /** Waits until all of some say that they are ready. */
    void awaitReady(Collection<Site> some) {
        awaitThat("ready: " + some, () -> some.stream().allMatch(Site::isReady));
    }

    /** Waits until one of the running sites is master in at least that generation, and tells which. */
    Site awaitMaster(long generation) {
        return await("a master in generation " + generation + " of " + sites)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> master(generation), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<Site> master(long generation) {
        checkAlive();
        return sites.stream()
                .filter(site -> site.server().isRunning())
                .filter(site -> isTrue(() -> site.isMaster() && site.generation() >= generation))
                .findFirst();
    }

    /** Waits until something is so. */
    void awaitThat(String what, Callable<Boolean> condition) {
        await(what).atMost(PATIENCE).until(() -> {
            checkAlive();
            return isTrue(condition);
        });
    }

    /** None of them has ended but those that were told to. */
    private void checkAlive() {
        sites.forEach(site -> site.server().checkAlive());
    }

    /** Kills a master while writers write, and tells who has taken over: by the first election, at once. */
    Site killMaster(Site master, SerialWriters writers) {
        long generation = master.generation();
        writers.awaitMore();
        long killed = System.nanoTime();
        master.server().kill();
        Site successor = awaitMaster(generation + 1);
        assertThat(successor.generation()).isEqualTo(generation + 1);
        writers.awaitMore();
        assertThat(successor.events()).contains("BecameMaster");
        for (Site survivor : without(master)) {
            assertThat(survivor.events())
                    .as("%s", survivor)
                    .contains("MasterFailure")
                    .doesNotContain("ElectionFailed");
        }
        say(successor.server().kind() + " has taken over from "
                + master.server().kind() + ": first new write after "
                + seconds(killed, writers.firstAfter(killed, master)));
        return successor;
    }

    /** Stops a master's server in order, and tells to whom it has handed mastership: nobody has to miss it first. */
    Site stopMaster(Site master) {
        long generation = master.generation();
        List<Site> survivors = without(master);
        Map<Site, Long> missed =
                survivors.stream().collect(Collectors.toMap(Function.identity(), Site::masterFailures));
        master.server().stop();
        Site successor = awaitMaster(generation + 1);
        assertThat(successor.generation()).isEqualTo(generation + 1);
        awaitThat("master of all: " + successor, () -> survivors.stream()
                .allMatch(site -> site.status().getString("master", "").equals(successor.name())));
        missed.forEach((survivor, before) ->
                assertThat(survivor.masterFailures()).as("%s", survivor).isEqualTo(before));
        return successor;
    }

    /** The same while writers write. */
    Site stopMaster(Site master, SerialWriters writers) {
        writers.awaitMore();
        long told = System.nanoTime();
        Site successor = stopMaster(master);
        writers.awaitMore();
        say(successor.server().kind() + " was given mastership by "
                + master.server().kind() + ", which was told to stop: first new write after "
                + seconds(told, writers.firstAfter(told, master)));
        return successor;
    }

    /** Every acknowledged write is everywhere, and everywhere is the same. */
    void judge(SerialWriters writers) {
        judge(writers, sites);
    }

    /** The same of those that run. */
    void judge(SerialWriters writers, List<Site> sites) {
        writers.stop();
        awaitThat(
                "the same LSN on " + sites,
                () -> sites.stream()
                                .map(site -> site.status().getJsonNumber("lsn").longValue())
                                .distinct()
                                .count()
                        == 1);
        Map<String, String> content = sites.get(0).serials();
        assertThat(without(writers.acknowledged(), content.keySet()))
                .as("acknowledged, and not there")
                .isEmpty();
        assertThat(without(content.keySet(), writers.tried()))
                .as("there, and never written")
                .isEmpty();
        assertThat(content).allSatisfy((serial, value) -> assertThat(value).isEqualTo(SerialWriters.value(serial)));
        for (Site site : sites) {
            assertThat(site.serials()).as("%s", site).isEqualTo(content);
        }
        say(writers.tried().size() + " writes tried, " + writers.acknowledged().size() + " acknowledged, "
                + content.size() + " there; memory: "
                + sites.stream()
                        .map(site -> site.server().kind() + " " + site.server().residentMebibytes() + " MiB")
                        .collect(Collectors.joining(", ")));
    }

    /** Those of some that are not among others; in no time, however many they are. */
    private static Set<String> without(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    @Override
    public void close() {
        sites.forEach(site -> site.server().close());
    }

    private static boolean isTrue(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (UncheckedIOException | IllegalStateException e) {
            return false; // nobody answers there yet, or any more
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kinds(Collection<Site> some) {
        return some.stream().map(site -> site.server().kind().name()).distinct().collect(Collectors.joining(", "));
    }

    static void say(String line) {
        System.out.println(line);
    }

    static String since(long began) {
        return seconds(began, System.nanoTime());
    }

    static String seconds(long began, long ended) {
        return (ended - began) / 1_000_000 + " ms";
    }
}
