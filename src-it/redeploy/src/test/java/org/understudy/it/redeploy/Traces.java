package org.understudy.it.redeploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.understudy.it.server.Server;
import org.understudy.it.support.Jdk;

/**
 * What of the library there is in a server's process at a moment.
 *
 * @param loaders how many class loaders have it loaded
 * @param nativeThreads how many threads RocksDB has
 * @param libraries how many copies of RocksDB's library are mapped
 * @param libraryKibibytes what each of them takes that the system can't take back: not what is in its file
 * @param threads the names of its threads of Java
 * @param files what is open in the folders of the data
 * @param temporary what lies in the folder for temporary files
 */
record Traces(
        long loaders,
        long nativeThreads,
        int libraries,
        long libraryKibibytes,
        List<String> threads,
        List<String> files,
        List<Path> temporary) {

    private static final String CLASS = "org.understudy.cdi.UnderstudyExtension";
    private static final Predicate<String> THREAD = Pattern.compile(
                    "\"(understudy-|vert\\.x-|vertx-|globalEventExecutor|CompletableFutureDelayScheduler).*")
            .asMatchPredicate();
    private static final Predicate<String> TEMPORARY =
            Pattern.compile("(?i).*(understudy|rocksdb|vertx|netty).*").asMatchPredicate();

    /** Those in a server whose applications have their data under a folder. Garbage is collected before. */
    static Traces of(Server server, Path data) {
        long pid = server.pid();
        ask(pid, "GC.run");
        Path process = Path.of("/proc", String.valueOf(pid));
        Map<String, Long> libraries = libraries(process.resolve("smaps"));
        return new Traces(
                ask(pid, "VM.class_hierarchy", CLASS)
                        .filter(line -> line.contains(CLASS + "/"))
                        .count(),
                list(process.resolve("task"))
                        .filter(task -> lines(task.resolve("comm")).anyMatch(name -> name.startsWith("rocksdb")))
                        .count(),
                libraries.size(),
                Math.round(libraries.values().stream()
                        .mapToLong(Long::longValue)
                        .average()
                        .orElse(0)),
                ask(pid, "Thread.print")
                        .filter(THREAD)
                        .map(line -> line.substring(1, line.indexOf('"', 1)))
                        .toList(),
                list(process.resolve("fd"))
                        .flatMap(Traces::target)
                        .filter(file -> file.startsWith(data.toString()))
                        .toList(),
                list(server.temporary())
                        .filter(file -> TEMPORARY.test(file.getFileName().toString()))
                        .toList());
    }

    /** By the file of each, what is in memory of its own. */
    private static Map<String, Long> libraries(Path mappings) {
        Map<String, Long> libraries = new HashMap<>();
        String file = "";
        for (String line : lines(mappings).toList()) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                file = line.replaceFirst("^[^/]*", "");
            } else if (file.contains("/librocksdb") && line.startsWith("Anonymous:")) {
                libraries.merge(file, Long.parseLong(line.replaceAll("[^0-9]", "")), Long::sum);
            }
        }
        return libraries;
    }

    private static Stream<String> ask(long pid, String... question) {
        List<String> command =
                new ArrayList<>(List.of(Jdk.running().tool("jcmd").toString(), String.valueOf(pid)));
        command.addAll(List.of(question));
        try {
            Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException(command + " failed: " + answer);
            }
            return answer.lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file of the process; none if what it tells of has just gone. */
    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private static Stream<String> target(Path link) {
        try {
            return Stream.of(Files.readSymbolicLink(link).toString());
        } catch (IOException gone) {
            return Stream.empty();
        }
    }
}
