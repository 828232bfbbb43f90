package org.understudy.cdi;

import static jakarta.interceptor.Interceptor.Priority.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentClosedException;

class LifeCycleTest {

    @ApplicationScoped
    static class Diary {
        static final List<String> ENTRIES = new CopyOnWriteArrayList<>();

        @Inject
        @DatabaseName("diary")
        Database<Integer, String> diary;

        void initialized(@Observes @Initialized(ApplicationScoped.class) Object event) {
            diary.put(1, "initialized");
        }

        void startup(@Observes Startup event) {
            diary.put(2, "startup");
        }

        void shutdown(@Observes @Priority(APPLICATION) Shutdown event) {
            diary.put(3, "shutdown");
            ENTRIES.addAll(List.of(
                    diary.get(1).orElse(""),
                    diary.get(2).orElse(""),
                    diary.get(3).orElse("")));
        }
    }

    /** Lets a database get out. */
    @Singleton
    static class Holder {
        @Inject
        @DatabaseName("diary")
        Database<Integer, String> diary;
    }

    /** Is earlier than anybody should be. */
    @ApplicationScoped
    static class Early {
        @Inject
        Environment environment;

        void initialized(@Observes @Priority(0) @Initialized(ApplicationScoped.class) Object event) {
            assertThat(environment.databaseNames()).isEmpty();
        }
    }

    @TempDir
    Path home;

    @Test
    void the_environment_is_open_for_all_observers_of_start_and_stop() {
        Diary.ENTRIES.clear();
        Application.start(properties(), Diary.class).close();
        assertThat(Diary.ENTRIES).containsExactly("initialized", "startup", "shutdown");
    }

    @Test
    void it_opens_earlier_for_those_who_use_it_earlier() {
        Application.start(properties(), Early.class).close();
    }

    @Test
    void a_database_that_outlives_its_application_says_that_it_is_closed() {
        Application.Started application = Application.start(properties(), Holder.class);
        Database<Integer, String> diary;
        try (application) {
            diary = application.get(Holder.class).diary;
        }
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(() -> diary.get(1));
    }

    @Test
    void nothing_is_left_of_it_but_its_data() {
        for (int i = 0; i < 3; i++) {
            Application.start(properties(), Diary.class).close();
        }
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void nothing_is_left_of_one_that_stops_while_its_site_still_tries_to_join_either() {
        List<String> nobodyThere = List.of(
                "understudy.home",
                home.toString(),
                "understudy.local-site",
                "localhost:" + Ports.free(),
                "understudy.bootstrap-helpers",
                "localhost:" + Ports.free());
        try (Application.Started application = Application.start(nobodyThere, Holder.class)) {
            assertThat(application.get(Environment.class).status().local().ready())
                    .isFalse();
        }
        assertThat(threads()).noneMatch(name -> name.contains("join"));
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void it_closes_at_the_first_signal_and_the_others_find_it_closed() {
        Application.Started application = Application.start(properties(), Holder.class);
        UnderstudyExtension extension = application.extension();
        Environment environment = application.get(Environment.class);
        extension.closeWithTheContainer(null);
        assertThatExceptionOfType(EnvironmentClosedException.class).isThrownBy(environment::databaseNames);
        application.close();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("understudy"))
                .toList();
    }

    private List<String> properties() {
        return List.of("understudy.home", home.toString());
    }
}
