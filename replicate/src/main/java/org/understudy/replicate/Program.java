package org.understudy.replicate;

import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.understudy.ConfigOption;
import org.understudy.ConfigOptions;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.EnvironmentLockedException;
import org.understudy.UnavailableException;

/** Does what its command line asks for, and says how that ended. */
final class Program {
    private static final Logger LOGGER = System.getLogger(Program.class.getName());

    private final PrintStream out;
    private final PrintStream err;

    Program(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    ExitCode run(List<String> words) throws InterruptedException {
        try {
            CommandLine line = CommandLine.of(words);
            if (line.wantsHelp()) {
                help();
                return ExitCode.STOPPED;
            } else if (line.wantsVersion()) {
                out.println("understudy-replicate " + version());
                return ExitCode.STOPPED;
            }
            return replicate(config(line), line.pidFile());
        } catch (UsageException | ConfigurationException e) {
            err.println("understudy-replicate: " + e.getMessage());
            return ExitCode.BAD_USAGE;
        }
    }

    private void help() {
        out.print(CommandLine.USAGE);
        for (ConfigOption<?> option : ConfigOptions.all()) {
            out.println("  --" + option.key() + "  (" + option.accepted() + unlessSet(option) + ")");
        }
        out.println();
        out.println(
                "It ends with 0 when it was told to, 1 when the command line or the configuration is wrong, 2 when the");
        out.println("site can't go on (removed, damaged, a failed write), 3 when it could not start now.");
    }

    private static <T> String unlessSet(ConfigOption<T> option) {
        return option.defaultValue()
                .map(value -> "; unless set " + option.format(value))
                .orElse("");
    }

    private static String version() {
        return Optional.ofNullable(Program.class.getPackage().getImplementationVersion())
                .orElse("of an unpackaged build");
    }

    private static ExitCode replicate(EnvironmentConfig config, Optional<Path> pidFile) throws InterruptedException {
        ReplicationProcess process = new ReplicationProcess(config);
        ExitCode code;
        Ending ending;
        try (PidFile written = PidFile.write(pidFile)) {
            LOGGER.log(Level.DEBUG, () -> "USTDY-0600 " + written);
            ending = Ending.onSignal(process);
            code = run(process);
        }
        ending.closed(code);
        return code;
    }

    private static ExitCode run(ReplicationProcess process) throws InterruptedException {
        try {
            return process.run();
        } catch (EnvironmentLockedException | UnavailableException e) {
            LOGGER.log(Level.ERROR, "USTDY-0608 not started: " + e.getMessage());
            return process.codeOr(ExitCode.UNAVAILABLE);
        } catch (ConfigurationException e) {
            LOGGER.log(Level.ERROR, "USTDY-0608 not started: " + e.getMessage());
            return ExitCode.BAD_USAGE;
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.ERROR, "USTDY-0609 this site can't go on", e);
            return ExitCode.FAILED;
        }
    }

    private static EnvironmentConfig config(CommandLine line) {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder();
        line.settings().forEach(builder::set);
        EnvironmentConfig config = builder.build();
        if (config.localSite().isEmpty()) {
            throw new UsageException("--local-site is missing: without one there is nothing to replicate");
        }
        return config;
    }
}
