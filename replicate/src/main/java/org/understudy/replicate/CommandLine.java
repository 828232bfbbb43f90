package org.understudy.replicate;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.understudy.ConfigOptions;

/**
 * What was typed: every option of the configuration as {@code --name value}, some in a file, and a few of this program's own.
 *
 * @param wantsHelp whether it is only to say what it takes
 * @param wantsVersion whether it is only to say what it is
 * @param pidFile where to write its process id
 * @param settings the configuration's options by name; the command line's win over the file's
 */
record CommandLine(boolean wantsHelp, boolean wantsVersion, Optional<Path> pidFile, Map<String, String> settings) {
    private static final String OPTION = "--";
    private static final String HELP = "help";
    private static final String VERSION = "version";
    private static final String CONFIG = "config";
    private static final String PID_FILE = "pid-file";

    /** What it takes, for people. */
    static final String USAGE = """
            usage: java -jar understudy-replicate.jar --home DIRECTORY --local-site HOST:PORT [OPTION VALUE]...

            Replicates an environment until it is told to end, for applications that come and go: they open the
            same home and are attached to this process. SIGTERM and SIGINT end it in order.

              --config FILE     a properties file with any of the configuration's options, named as below without --
              --pid-file FILE   where to write the process id; deleted at the end
              --help            this text
              --version         the release

            and every option of the configuration, which docs/configuration.md explains:
            """;

    /**
     * Reads it.
     *
     * @throws UsageException with what is wrong
     */
    static CommandLine of(List<String> words) {
        Map<String, String> typed = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String name = name(words.get(i));
            if (name.equals(HELP) || name.equals(VERSION)) {
                typed.put(name, "");
                continue;
            }
            int equals = name.indexOf('=');
            if (equals >= 0) {
                put(typed, name.substring(0, equals), name.substring(equals + 1));
            } else if (i + 1 == words.size() || words.get(i + 1).startsWith(OPTION)) {
                throw new UsageException(OPTION + name + " needs a value behind it");
            } else {
                put(typed, name, words.get(++i));
            }
        }
        return of(typed);
    }

    private static CommandLine of(Map<String, String> typed) {
        boolean help = typed.remove(HELP) != null;
        boolean version = typed.remove(VERSION) != null;
        Optional<Path> pidFile = Optional.ofNullable(typed.remove(PID_FILE)).map(text -> path(PID_FILE, text));
        Optional<Path> config = Optional.ofNullable(typed.remove(CONFIG)).map(text -> path(CONFIG, text));
        typed.keySet().forEach(name -> requireKnown(name, OPTION + name));
        Map<String, String> settings = new LinkedHashMap<>();
        if (!help && !version) {
            config.ifPresent(file -> settings.putAll(read(file)));
        }
        settings.putAll(typed);
        return new CommandLine(help, version, pidFile, settings);
    }

    private static String name(String word) {
        if (!word.startsWith(OPTION) || word.length() == OPTION.length()) {
            throw new UsageException("an option begins with --, and \"" + word + "\" does not");
        }
        return word.substring(OPTION.length());
    }

    private static void put(Map<String, String> typed, String name, String value) {
        if (typed.put(name, value) != null) {
            throw new UsageException(OPTION + name + " is given twice");
        }
    }

    private static Path path(String name, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(OPTION + name + " " + text + " is no path: " + e.getReason());
        }
    }

    private static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("--config " + file + " can't be read: " + e);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            requireKnown(name, name + " in " + file);
            settings.put(name, properties.getProperty(name));
        }
        return settings;
    }

    private static void requireKnown(String name, String asWritten) {
        if (ConfigOptions.find(name).isEmpty()) {
            throw new UsageException("there is no option " + asWritten + "; --help lists those there are");
        }
    }
}
