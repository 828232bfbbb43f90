package org.understudy.site;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.understudy.ConfigOptions;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.Messaging;
import org.understudy.Place;
import org.understudy.backend.Backend;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;

/** An environment whose home this process has. */
final class OwnHome implements Serving {
    private final LocalBackend backend;
    private final Messenger messenger;

    private OwnHome(LocalBackend backend, Messenger messenger) {
        this.backend = backend;
        this.messenger = messenger;
    }

    /**
     * Takes the home.
     *
     * @throws org.understudy.EnvironmentLockedException if another process has it
     */
    static OwnHome take(EnvironmentConfig config, Dispatcher dispatcher) {
        return take(config, dispatcher, site -> {});
    }

    /** The same, from a process that was master of this generation to the last, 0 for none (protocol.md §11). */
    static OwnHome takeOver(EnvironmentConfig config, Dispatcher dispatcher, long mastership) {
        return take(config, dispatcher, site -> site.takeOver(mastership));
    }

    private static OwnHome take(EnvironmentConfig config, Dispatcher dispatcher, Consumer<Site> first) {
        Storage storage = storage(config);
        try {
            Usability usability = new Usability();
            Messenger messenger = new Messenger(config, usability::check);
            Site site = config.localSite().isPresent()
                    ? new GroupSite(config, usability, storage, dispatcher, messenger)
                    : new LocalSite(config, storage, dispatcher, messenger);
            first.accept(site);
            LocalBackend backend = new LocalBackend(config, usability, storage, dispatcher, site, messenger);
            backend.serveOthers();
            return new OwnHome(backend, messenger);
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    private static Storage storage(EnvironmentConfig config) {
        try {
            return Storage.open(config);
        } catch (UncheckedIOException e) {
            throw new ConfigurationException(
                    Place.of(config),
                    List.of(config.find(ConfigOptions.HOME)
                                    .map(home -> "home=" + home)
                                    .orElse("storage=MEMORY") + " can't be used: " + e.getMessage()));
        }
    }

    @Override
    public Backend get() {
        return backend;
    }

    @Override
    public Messaging messaging() {
        return messenger;
    }

    @Override
    public CompletionStage<Void> start() {
        return backend.start();
    }

    @Override
    public void close() {
        backend.close();
    }
}
