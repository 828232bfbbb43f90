package org.understudy.site;

import org.understudy.EnvironmentConfig;
import org.understudy.backend.Backend;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Dispatcher;
import org.understudy.thread.LibraryThread;

/** A site with its real rooms on real sockets, and a disk that can be made to stand still. */
final class StallingSite implements AutoCloseable {
    private final EnvironmentConfig config;
    private final Backend backend;
    private StallingDirectory disk;

    StallingSite(EnvironmentConfig config) {
        this.config = config;
        this.backend = LibraryThread.call("understudy-" + config.name() + "-open", this::open);
    }

    private Backend open() {
        Storage storage = Storage.open(config, path -> disk = new StallingDirectory(path));
        Usability usability = new Usability();
        Dispatcher dispatcher = new Dispatcher(config.name());
        Messenger messenger = new Messenger(config, usability::check);
        Site site = new GroupSite(config, usability, storage, dispatcher, messenger);
        return new LocalBackend(config, usability, storage, dispatcher, site, messenger);
    }

    StallingDirectory disk() {
        return disk;
    }

    Backend backend() {
        return backend;
    }

    @Override
    public void close() {
        disk.release();
        backend.close();
    }
}
