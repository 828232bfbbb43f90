package org.understudy.tool;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.understudy.BackupInfo;
import org.understudy.ComparisonReport;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.ReplicationException;
import org.understudy.VerifyReport;

/**
 * Verifies, compares and restores homes that nobody has open, from a command line. Ends with 0 when all is well, with 1 when
 * something is wrong with what was looked at, and with 2 when it could not be looked at.
 */
public final class OfflineTool {
    private static final String USAGE = """
            usage: verify HOME            check a home: its log, its data, the one against the other
                   compare HOME HOME      compare two homes as of the last record both hold
                   restore BACKUP HOME    fill an empty home with a backup
            """;

    private final PrintStream out;

    OfflineTool(PrintStream out) {
        this.out = out;
    }

    /** Runs one command. */
    public static void main(String[] args) {
        System.exit(new OfflineTool(System.out).run(List.of(args)));
    }

    int run(List<String> args) {
        try {
            String command = args.isEmpty() ? "" : args.get(0);
            if (command.equals("verify") && args.size() == 2) {
                return verify(config(args.get(1)));
            } else if (command.equals("compare") && args.size() == 3) {
                return compare(config(args.get(1)), config(args.get(2)));
            } else if (command.equals("restore") && args.size() == 3) {
                return restore(Path.of(args.get(1)), config(args.get(2)));
            }
            out.print(USAGE);
            return 2;
        } catch (ReplicationException | IllegalArgumentException | UncheckedIOException e) {
            out.println(e.getMessage());
            return 2;
        }
    }

    private static EnvironmentConfig config(String home) {
        return EnvironmentConfig.builder(Path.of(home)).build();
    }

    private int verify(EnvironmentConfig config) {
        VerifyReport report = Environment.verify(config);
        out.println(config.home() + " at " + report.standing() + ": " + report.records() + " records from LSN "
                + report.logStartLsn() + " on read, " + report.keysCompared() + " keys compared with them, "
                + (report.isSound() ? "all sound" : report.problems().size() + " problems:"));
        report.problems().forEach(problem -> out.println("  " + problem));
        return report.isSound() ? 0 : 1;
    }

    private int compare(EnvironmentConfig one, EnvironmentConfig other) {
        ComparisonReport report = Environment.compare(one, other);
        out.println("as of " + report.standing() + ": " + report.keysCompared() + " keys in both, "
                + report.keysDiffering() + " differ; "
                + (report.partLsn().isPresent()
                        ? "the logs part at LSN " + report.partLsn().getAsLong()
                        : "the logs don't part"));
        report.problems().forEach(problem -> out.println("  " + problem));
        report.differences().forEach(difference -> out.println("  " + difference));
        return report.isEqual() && report.partLsn().isEmpty() ? 0 : 1;
    }

    private int restore(Path backup, EnvironmentConfig config) {
        BackupInfo info = Environment.restore(backup, config);
        out.println(config.home() + " holds the backup of " + info.environment() + " at " + info.standing() + ": "
                + info.files() + " files, " + info.bytes() + " bytes");
        return 0;
    }
}
