package org.understudy.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.understudy.benchmarks.Message;
import org.understudy.benchmarks.Pause;
import org.understudy.benchmarks.site.SiteOptions;

/** Three sites of one contender in three processes on loopback, and further ones as they come. */
final class Group implements AutoCloseable {
    static final int SITES = 3;

    private static final Duration STARTUP_LIMIT = Duration.ofSeconds(60);
    private static final Duration FILL_LIMIT = Duration.ofMinutes(5);
    private static final Duration CALL_LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration QUIET_WINDOW = Duration.ofMillis(200);
    private static final Duration QUIET_PROCESSOR = Duration.ofMillis(20);
    private static final Duration QUIET_LIMIT = Duration.ofSeconds(4);

    private final Contender contender;
    private final Path directory;
    private final Options options;
    private final GroupSettings settings;
    private final FreePorts ports = new FreePorts();
    private final List<SiteProcess> sites = new ArrayList<>();
    private final Map<SiteProcess, SiteProcess> subordinates = new HashMap<>();
    private final List<String> members = new ArrayList<>();
    private int started;
    private long marks;

    private Group(Contender contender, Path directory, Options options, GroupSettings settings) {
        this.contender = contender;
        this.directory = directory;
        this.options = options;
        this.settings = settings;
    }

    /** Starts three sites and returns when all of them hold the benchmark's records. */
    static Group start(Contender contender, Path directory, Options options, GroupSettings settings) {
        Group group = new Group(contender, directory, options, settings);
        try {
            for (int i = 0; i < SITES; i++) {
                group.members.add(group.ports.nextAddress());
            }
            for (int i = 0; i < SITES; i++) {
                SiteProcess site = group.process(group.site(group.members.get(i), group.newHome(), i == 0));
                group.sites.add(site);
                group.open(site);
            }
            group.fill();
            return group;
        } catch (RuntimeException e) {
            group.close();
            throw e;
        }
    }

    Contender contender() {
        return contender;
    }

    List<SiteProcess> sites() {
        return List.copyOf(sites);
    }

    SiteProcess master() {
        AtomicReference<SiteProcess> master = new AtomicReference<>();
        boolean found = Pause.until(
                () -> findMaster()
                        .map(site -> {
                            master.set(site);
                            return site;
                        })
                        .isPresent(),
                BETWEEN_LOOKS,
                STARTUP_LIMIT);
        if (!found) {
            throw new IllegalStateException(
                    contender.label() + " has no master after " + STARTUP_LIMIT + ": see the logs in " + directory);
        }
        return master.get();
    }

    private Optional<SiteProcess> findMaster() {
        return sites.stream()
                .filter(site -> site.call(Message.of("role"), CALL_LIMIT).flag("master"))
                .findFirst();
    }

    SiteProcess client() {
        SiteProcess master = master();
        return sites.stream().filter(site -> site != master).findFirst().orElseThrow();
    }

    /** A second process on a site's home, which goes through the site's; started when first asked for. */
    SiteProcess subordinate(SiteProcess site) {
        return subordinates.computeIfAbsent(site, holder -> {
            SiteProcess subordinate = process(holder.options().ofSubordinate());
            open(subordinate);
            return subordinate;
        });
    }

    /** A further process that is not a member until it is opened; the caller closes it. */
    SiteProcess emptySite() {
        return process(site(ports.nextAddress(), newHome(), false));
    }

    /** Joins or rejoins the group; returns what the site answered, with the time {@code at} which it was open. */
    Message open(SiteProcess site) {
        return site.call(Message.of("open"), STARTUP_LIMIT);
    }

    /** Takes a site that has been closed out of the group. */
    void remove(SiteProcess site) {
        master().call(Message.of("remove").with("address", site.address()), CALL_LIMIT);
    }

    /** Puts a new process in the place of one that was killed, and returns when it has caught up. */
    void restart(SiteProcess killed) {
        killed.awaitEnd();
        SiteOptions old = killed.options();
        SiteProcess site = process(site(old.address(), old.home(), false));
        sites.set(sites.indexOf(killed), site);
        open(site);
        await(site, mark());
    }

    /** Writes a key that was never there, and returns its number. */
    long mark() {
        marks++;
        master().call(Message.of("mark").with("number", marks), CALL_LIMIT);
        return marks;
    }

    /** Returns the time {@code at} which the site had the mark, and all that was written before it. */
    Message await(SiteProcess site, long mark) {
        Message command = Message.of("await").with("number", mark).with("millis", CALL_LIMIT.toMillis());
        return site.call(command, CALL_LIMIT.plusSeconds(5));
    }

    Duration processor() {
        return Stream.concat(sites.stream(), subordinates.values().stream())
                .map(process -> Usage.of(process.handle()).processor())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Waits until flushes, compactions and clean-ups are over, so that nobody pays for another's. */
    void settle() {
        AtomicReference<Duration> last = new AtomicReference<>(processor().minus(QUIET_LIMIT));
        Pause.until(
                () -> {
                    Duration now = processor();
                    Duration used = now.minus(last.getAndSet(now));
                    return used.compareTo(QUIET_PROCESSOR) <= 0;
                },
                QUIET_WINDOW,
                QUIET_LIMIT);
    }

    private void fill() {
        master().call(Message.of("fill"), FILL_LIMIT);
        long mark = mark();
        sites.forEach(site -> await(site, mark));
        settle();
    }

    private SiteOptions site(String address, Path home, boolean creator) {
        return new SiteOptions(
                home, address, creator, members, options.records(), settings.forced(), settings.forwarding(), false);
    }

    private SiteProcess process(SiteOptions site) {
        List<String> jvmOptions = new ArrayList<>(settings.jvmOptions());
        if (options.profile()) {
            Path recording = directory.resolve("process-" + started + ".jfr");
            jvmOptions.add("-XX:StartFlightRecording=settings=profile,filename=" + recording);
            // The replies go over standard output.
            jvmOptions.add("-Xlog:jfr+startup=off");
        }
        Path log = directory.resolve("process-" + started + ".log");
        started++;
        return SiteProcess.start(contender.command(site, jvmOptions), site, log, STARTUP_LIMIT);
    }

    private Path newHome() {
        try {
            return Files.createDirectories(directory.resolve("home-" + started));
        } catch (IOException e) {
            throw new UncheckedIOException("No home can be made in " + directory, e);
        }
    }

    @Override
    public void close() {
        // First, or they would take over what the sites leave.
        subordinates.values().forEach(SiteProcess::close);
        subordinates.clear();
        sites.forEach(SiteProcess::close);
        sites.clear();
    }
}
