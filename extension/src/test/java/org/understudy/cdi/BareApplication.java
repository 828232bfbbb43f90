package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.understudy.Database;
import org.understudy.event.BecameMaster;

/** An application that uses nothing but what every container has, and is a group of one. */
public final class BareApplication implements Runnable {

    private static final long PATIENCE_SECONDS = 30;

    private final Path home;

    /** An application with its data in a directory. */
    public BareApplication(Path home) {
        this.home = home;
    }

    @Singleton
    static class Names {
        private final CountDownLatch master = new CountDownLatch(1);

        @Inject
        @DatabaseName("names")
        Database<Integer, String> names;

        void onMaster(@Observes BecameMaster event) {
            master.countDown();
        }

        boolean isMaster() {
            try {
                return master.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Starts, waits until it is master, writes, reads and stops. */
    @Override
    public void run() {
        List<String> properties = List.of(
                "understudy.home",
                home.toString(),
                "understudy.local-site",
                "localhost:" + Ports.free(),
                "understudy.group-creator",
                "true");
        try (Application.Started application = Application.start(properties, Names.class)) {
            Names bean = application.get(Names.class);
            assertThat(bean.isMaster()).isTrue();
            bean.names.put(1, "one");
            assertThat(bean.names.get(1)).contains("one");
        }
    }
}
