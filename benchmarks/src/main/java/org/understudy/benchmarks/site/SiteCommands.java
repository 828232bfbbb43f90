package org.understudy.benchmarks.site;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.understudy.benchmarks.Message;
import org.understudy.benchmarks.Pause;

/** A site process's main loop: one command line in, one reply line out. It ends with its standard input. */
final class SiteCommands {
    private static final System.Logger LOGGER = System.getLogger(SiteCommands.class.getName());
    private static final int FILL_BATCH = 500;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(1);

    private final Site site;
    private final KeySpace keys;
    private final LoadGenerator generator;
    private TakeoverProbe probe;

    private SiteCommands(Site site, KeySpace keys) {
        this.site = site;
        this.keys = keys;
        this.generator = new LoadGenerator(site, keys);
        this.probe = new TakeoverProbe(site, keys);
    }

    /** Says {@code ok} once the process is up, opens the site at the first line, then obeys until the input ends. */
    static void run(SiteOptions options, Function<SiteOptions, Site> opener) throws IOException {
        endWithTheHarness();
        PrintStream replies = System.out;
        System.setOut(System.err);
        replies.println(Message.of(Message.OK));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if (commands.readLine() != null) {
            try (Site site = opener.apply(options)) {
                replies.println(Message.of(Message.OK).with("at", System.nanoTime()));
                new SiteCommands(site, new KeySpace(options.records())).obey(commands, replies);
            }
        }
        // A contender's threads that outlive its close must not keep the process.
        System.exit(0);
    }

    /** A harness that was killed can stop nobody, and a site may be busy with anything. */
    private static void endWithTheHarness() {
        ProcessHandle.current().parent().ifPresent(harness -> harness.onExit()
                .thenRun(() -> Runtime.getRuntime().halt(1)));
    }

    private void obey(BufferedReader commands, PrintStream replies) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            replies.println(reply(line));
        }
    }

    private Message reply(String line) {
        try {
            return execute(Message.parse(line));
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "'" + line + "' failed", e);
            return Message.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Message.failed(e);
        }
    }

    private Message execute(Message command) throws InterruptedException {
        return switch (command.verb()) {
            case "role" -> ok().with("master", site.isMaster());
            case "fill" -> fill();
            case "load" -> generator.run(Load.parse(command)).reply();
            case "load-on" -> loadOn(Load.parse(command));
            case "probe" -> probe();
            case "probed" -> ok().with("at", probe.writtenAtNanos());
            case "probe-stop" -> stopProbe();
            case "mark" -> mark(command.number("number"));
            case "await" -> await(command.number("number"), Duration.ofMillis(command.number("millis")));
            case "count" -> ok().with("count", site.count());
            case "remove" -> remove(command.text("address"));
            default -> throw new IllegalArgumentException("'" + command + "' is no command: see SiteCommands");
        };
    }

    private static Message ok() {
        return Message.of(Message.OK);
    }

    private Message fill() {
        for (long first = 0; first < keys.records(); first += FILL_BATCH) {
            site.putAll(keys, first, (int) Math.min(FILL_BATCH, keys.records() - first));
        }
        return ok();
    }

    /** Goes on behind the command loop, until its time is over or the process is killed. */
    private Message loadOn(Load load) {
        Thread thread = new Thread(
                () -> {
                    try {
                        LOGGER.log(System.Logger.Level.INFO, "Background load: {0}", generator.run(load));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "load-on");
        thread.setDaemon(true);
        thread.start();
        return ok();
    }

    private Message probe() {
        probe.stop();
        probe = new TakeoverProbe(site, keys);
        probe.start();
        return ok();
    }

    private Message stopProbe() {
        probe.stop();
        return ok();
    }

    private Message mark(long number) {
        site.put(KeySpace.mark(number), keys.randomValue(new SplittableRandom(number)));
        return ok();
    }

    private Message await(long number, Duration limit) {
        if (!Pause.until(() -> site.get(KeySpace.mark(number)).isPresent(), BETWEEN_LOOKS, limit)) {
            throw new IllegalStateException("Mark " + number + " did not arrive within " + limit
                    + ": look at this site's log for what it waits for");
        }
        return ok().with("at", System.nanoTime());
    }

    private Message remove(String address) {
        site.removeSite(address);
        return ok();
    }
}
