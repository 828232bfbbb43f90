package org.understudy.sample.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** The three sites. */
final class Group {

    private final List<SiteProcess> sites;
    private final Path data;
    private final Screen screen;

    private Group(List<SiteProcess> sites, Path data, Screen screen) {
        this.sites = sites;
        this.data = data;
        this.screen = screen;
    }

    /**
     * Makes the sites ready to start: with nothing stored, unless what the last run stored is to be kept.
     *
     * @throws IllegalStateException if one of their ports is in use
     */
    static Group prepare(Program program, LauncherOptions options, Screen screen) {
        SiteCommand command = new SiteCommand(program, options);
        numbers().mapToObj(command::ports).flatMap(ports -> ports).forEach(Group::requireFree);
        Path data = options.sites().toAbsolutePath().normalize();
        List<SiteProcess> sites = numbers()
                .mapToObj(number -> {
                    SiteFiles files = new SiteFiles(data.resolve("site" + number));
                    if (!options.keep()) {
                        files.clear();
                    }
                    return new SiteProcess(number, files, command, screen);
                })
                .toList();
        return new Group(sites, data, screen);
    }

    private static IntStream numbers() {
        return IntStream.rangeClosed(1, LauncherOptions.SITE_COUNT);
    }

    SiteProcess site(int number) {
        return sites.get(number - 1);
    }

    void start() {
        screen.heading(sites, data);
        sites.forEach(SiteProcess::start);
    }

    /** Lets all of them leave, and returns when they have. */
    void stop() {
        screen.tell("stopping all sites");
        CompletableFuture<?>[] stops = sites.stream()
                .map(site -> CompletableFuture.runAsync(site::stop))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(stops).join();
    }

    private static void requireFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            free.setReuseAddress(true);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Port " + port + " is in use (" + e.getMessage() + "): end what uses it, or choose other ports", e);
        }
    }
}
