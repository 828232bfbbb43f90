package org.understudy.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.understudy.site.TestGroup;

/** A group of real processes behind a proxy, each with a disk and a wall clock that can be tampered with where possible. */
final class TormentedGroup implements AutoCloseable {
    private final List<String> names;
    private final List<SiteLaunch> launches = new ArrayList<>();
    private final List<SiteProcess> processes = new ArrayList<>();
    private final Map<Integer, SmallDisk> disks = new HashMap<>();
    private final Map<Integer, WallClock> clocks = new HashMap<>();
    private final Chronicle chronicle = new Chronicle();
    private final FaultProxy proxy;
    private long started;

    /** Prepares one, with everything below a folder; starts nothing. */
    TormentedGroup(Path folder, int sites, int diskMebibytes) {
        names = TestGroup.freeNames(sites);
        Map<String, String> listening = new LinkedHashMap<>();
        for (int site = 0; site < sites; site++) {
            // Nobody dials from such an address, so nobody has the port when a killed site wants it again.
            String address = "127.0.1." + (site + 1) + names.get(site).substring("localhost".length());
            listening.put(names.get(site), address);
            launches.add(launch(folder, site, address, diskMebibytes));
        }
        proxy = new FaultProxy(listening);
    }

    private SiteLaunch launch(Path folder, int site, String address, int diskMebibytes) {
        Path home = folder.resolve("site" + site);
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SmallDisk.mount(home, diskMebibytes).ifPresent(disk -> disks.put(site, disk));
        Optional<WallClock> clock = WallClock.through(folder.resolve("clock" + site));
        clock.ifPresent(found -> clocks.put(site, found));
        Map<String, String> options = Map.of(
                "name",
                "site" + site,
                "local-site",
                names.get(site),
                "listen-address",
                address,
                "bootstrap-helpers",
                String.join(",", names),
                "group-creator",
                String.valueOf(site == 0),
                "segment-size",
                "1MiB",
                "log-retention",
                "1GiB",
                "ack-timeout",
                "2s",
                "quorum-loss-timeout",
                "3s");
        return new SiteLaunch(
                home,
                RegisterClients.class.getSimpleName(),
                options,
                clock.map(WallClock::variables).orElse(Map.of()));
    }

    /** Starts all of them, for the first time. */
    void startAll() {
        for (int site = 0; site < names.size(); site++) {
            processes.add(launched(site));
        }
    }

    /** Starts one again that has ended. */
    void restart(int site) {
        processes.set(site, launched(site));
    }

    private SiteProcess launched(int site) {
        return launches.get(site).start(++started, line -> chronicle.heard(names.get(site), line));
    }

    void kill(int site) {
        processes.get(site).kill();
        chronicle.killed(names.get(site));
    }

    int size() {
        return names.size();
    }

    String name(int site) {
        return names.get(site);
    }

    Path home(int site) {
        return launches.get(site).home();
    }

    SiteProcess process(int site) {
        return processes.get(site);
    }

    List<SiteProcess> processes() {
        return processes;
    }

    FaultProxy proxy() {
        return proxy;
    }

    Chronicle chronicle() {
        return chronicle;
    }

    Optional<SmallDisk> disk(int site) {
        return Optional.ofNullable(disks.get(site));
    }

    Optional<WallClock> clock(int site) {
        return Optional.ofNullable(clocks.get(site));
    }

    /** The site that was last heard to have committed; any, before that. */
    int lastWriter() {
        return chronicle.lastWriter().map(names::indexOf).orElse(0);
    }

    @Override
    public void close() {
        processes.forEach(SiteProcess::kill);
        proxy.close();
        disks.values().forEach(SmallDisk::close);
    }
}
