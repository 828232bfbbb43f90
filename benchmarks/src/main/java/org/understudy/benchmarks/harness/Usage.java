package org.understudy.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** What a process has used so far, as Linux tells it under {@code /proc}. */
record Usage(Duration processor, long residentBytes) {
    /** The unit of {@code /proc/PID/stat}: the same on every architecture Linux runs Java on. */
    private static final long TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    static Usage of(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        try {
            return parse(Files.readString(proc.resolve("stat")), Files.readString(proc.resolve("status")));
        } catch (NoSuchFileException e) {
            throw new IllegalStateException(
                    "Process " + process.pid() + " has no " + e.getFile()
                            + ": the benchmarks need Linux and live sites",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The usage of process " + process.pid() + " can't be read", e);
        }
    }

    static Usage parse(String stat, String status) {
        // The second field is the program's name in brackets and may hold anything, blanks included.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        long residentKibibytes = status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1).limit(1))
                .mapToLong(Long::parseLong)
                .sum();
        return new Usage(Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND), residentKibibytes * 1024);
    }
}
