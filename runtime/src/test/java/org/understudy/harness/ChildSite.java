package org.understudy.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.event.RolledBack;

/**
 * A process that is a site, to be killed. Does its work by itself and says on its standard output how that goes; takes
 * orders on its standard input, and ends with that.
 */
final class ChildSite {
    static final String ANSWER = "> ";
    static final String UNDONE = "undone";

    private ChildSite() {}

    /** Arguments: home, work, number of this process, options as {@code key=value}. */
    public static void main(String[] arguments) throws IOException {
        EnvironmentConfigBuilder builder = EnvironmentConfig.builder(Path.of(arguments[0]))
                .set("heartbeat-send", "200ms")
                .set("heartbeat-monitor", "2s")
                .set("election-timeout", "1s")
                .set("election-retry", "500ms")
                .set("connection-retry", "100ms")
                .set("connection-retry-max", "500ms")
                .set("join-timeout", "60s")
                .set("write-buffer", "1MiB");
        for (String option : List.of(arguments).subList(3, arguments.length)) {
            int equals = option.indexOf('=');
            builder.set(option.substring(0, equals), option.substring(equals + 1));
        }
        Speech speech = new Speech();
        try (Environment environment = Environment.open(builder.build())) {
            environment.subscribe(event -> {
                if (event instanceof RolledBack undone) {
                    undone.tokens().forEach(token -> speech.say(UNDONE + " " + token));
                }
            });
            environment
                    .startAsync()
                    .whenComplete((nothing, failure) -> speech.say(failure == null ? "ready" : "late " + failure));
            obey(environment, work(arguments[1], environment, Long.parseLong(arguments[2]), speech), speech);
        }
    }

    private static SiteWork work(String name, Environment environment, long process, Speech speech) {
        return switch (name) {
            case "SerialWriters" -> new SerialWriters(environment, process, speech);
            case "RegisterClients" -> new RegisterClients(environment, process, speech);
            case "HeldMessages" -> new HeldMessages(environment, speech);
            default -> throw new IllegalArgumentException("no work is called " + name);
        };
    }

    private static void obey(Environment environment, SiteWork work, Speech speech) throws IOException {
        work.begin();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null && !order.equals("end"); order = orders.readLine()) {
            if (order.equals("quiet")) {
                work.end();
                speech.say(ANSWER + "quiet");
            } else if (order.equals("where")) {
                speech.say(ANSWER + environment.status().local().appliedLsn() + " "
                        + environment.status().local().ready());
            } else {
                work.dump(Path.of(order.substring("dump ".length())));
                speech.say(ANSWER + "dumped");
            }
        }
    }
}
