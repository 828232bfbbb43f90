package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.understudy.Codecs;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentConfigBuilder;
import org.understudy.TransactionOptions;

/** All of an environment that calls on the caller's thread can touch: storage, network, messages, other processes, stages. */
public final class BusyEnvironments implements Runnable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;

    /** Two sites with their data in a directory. */
    public BusyEnvironments(Path folder) {
        this.folder = folder;
    }

    /** Opens them, uses them and closes them. */
    @Override
    public void run() {
        List<String> sites = List.of("localhost:" + Ports.free(), "localhost:" + Ports.free());
        try (Environment master =
                        Environment.open(config(sites, 0).groupCreator(true).build());
                Environment client = Environment.open(config(sites, 1).build())) {
            master.start();
            client.startAsync().toCompletableFuture().join();
            CommitToken token = write(master);
            read(client, token);
            talk(master, client);
            try (Environment subordinate = Environment.open(config(sites, 0).build())) {
                assertThat(names(subordinate).get("k")).contains("v");
                write(subordinate);
            }
        }
    }

    private EnvironmentConfigBuilder config(List<String> sites, int site) {
        return EnvironmentConfig.builder(folder.resolve("site" + site))
                .localSite(sites.get(site))
                .bootstrapHelpers(sites);
    }

    private static Database<String, String> names(Environment environment) {
        return environment.database("names", Codecs.STRING, Codecs.STRING);
    }

    private static CommitToken write(Environment environment) {
        environment.write(txn -> names(environment).put(txn, "k", "v"));
        CommitToken token = environment
                .writeAsync(
                        TransactionOptions.DEFAULT, txn -> names(environment).put(txn, "l", "w"))
                .thenApplyAsync(written -> written)
                .toCompletableFuture()
                .join();
        assertThat(environment.awaitOutcome(token, PATIENCE).isFinal()).isTrue();
        return token;
    }

    private static void read(Environment environment, CommitToken token) {
        for (Consistency consistency : List.of(Consistency.atLeast(token), Consistency.LATEST, Consistency.PERMANENT)) {
            Optional<String> found =
                    environment.read(consistency, txn -> names(environment).get(txn, "k"));
            assertThat(found).contains("v");
        }
    }

    private static void talk(Environment handler, Environment asker) {
        handler.onMessage(message -> message.reply("heard"));
        assertThat(asker.channelToMaster().request("anything").text()).isEqualTo("heard");
    }
}
