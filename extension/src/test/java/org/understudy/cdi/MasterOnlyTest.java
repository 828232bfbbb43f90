package org.understudy.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.NotMasterException;
import org.understudy.cdi.health.EnvironmentHealth;
import org.understudy.cdi.health.HealthSource;
import org.understudy.cdi.mastership.CallCutOff;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.MasterOnlyCounts;
import org.understudy.cdi.mastership.Mastership;
import org.understudy.cdi.mastership.MastershipLostException;
import org.understudy.cdi.mastership.Otherwise;

/** Methods that run on the master only, in a group of three applications. */
@Timeout(120)
class MasterOnlyTest {

    /** Methods of every kind that there is without forwarding. */
    @Singleton
    public static class Jobs {
        private final AtomicInteger skippable = new AtomicInteger();
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private final CompletableFuture<String> later = new CompletableFuture<>();
        private final List<Boolean> stillMaster = new CopyOnWriteArrayList<>();

        @Inject
        Mastership mastership;

        @MasterOnly
        public long refused() {
            assertThat(mastership.isStillMaster()).isTrue();
            return mastership.generation();
        }

        @MasterOnly(otherwise = Otherwise.SKIP)
        public void skipped() {
            skippable.incrementAndGet();
        }

        @MasterOnly(otherwise = Otherwise.SKIP)
        public Optional<String> perhaps() {
            return Optional.of("done");
        }

        @MasterOnly
        public String waits() throws InterruptedException {
            holdOn();
            return "too late";
        }

        @MasterOnly(otherwise = Otherwise.SKIP)
        public void waitsInSilence() throws InterruptedException {
            holdOn();
        }

        @MasterOnly
        public CompletionStage<String> promises() {
            return later;
        }

        @MasterOnly(interrupt = true)
        public void untilInterrupted() throws InterruptedException {
            begun.countDown();
            go.await();
        }

        private void holdOn() throws InterruptedException {
            Mastership captured = mastership.captured();
            begun.countDown();
            go.await();
            stillMaster.add(mastership.isStillMaster());
            stillMaster.add(captured.isStillMaster());
        }
    }

    /** Every method of it. */
    @MasterOnly
    @Singleton
    public static class Ledger {
        /** Held back by what the class says. */
        public String book() {
            return "booked";
        }

        /** Its own word counts. */
        @MasterOnly(otherwise = Otherwise.SKIP)
        public Optional<String> audit() {
            return Optional.of("audited");
        }
    }

    @Singleton
    static class CutOffs {
        private final List<CallCutOff> heard = new CopyOnWriteArrayList<>();

        void hear(@Observes @EnvironmentName("default") CallCutOff event) {
            heard.add(event);
        }
    }

    @TempDir
    static Path folder;

    private static ApplicationGroup group;

    @BeforeAll
    static void start() {
        group = ApplicationGroup.start(3, folder, List.of(), Jobs.class, Ledger.class, CutOffs.class);
    }

    @AfterAll
    static void stop() {
        group.close();
    }

    private static <T> Future<T> inBackground(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        return result;
    }

    @Test
    void it_runs_on_the_master_with_the_generation_as_its_token() {
        Application.Started master = group.master();
        long generation = master.get(Jobs.class).refused();
        assertThat(generation)
                .isPositive()
                .isEqualTo(ApplicationGroup.environment(master).generation());
    }

    @Test
    void elsewhere_the_caller_is_told_who_is_master() {
        String master = ApplicationGroup.name(group.master());
        for (Application.Started client : group.clients()) {
            Jobs jobs = client.get(Jobs.class);
            assertThatThrownBy(jobs::refused)
                    .isInstanceOfSatisfying(NotMasterException.class, e -> assertThat(e.master())
                            .contains(master));
        }
    }

    @Test
    void or_nothing_is_done() {
        Jobs client = group.clients().get(0).get(Jobs.class);
        client.skipped();
        assertThat(client.perhaps()).isEmpty();
        assertThat(client.skippable).hasValue(0);
        Jobs master = group.master().get(Jobs.class);
        master.skipped();
        assertThat(master.perhaps()).contains("done");
        assertThat(master.skippable).hasValue(1);
    }

    @Test
    void what_a_class_says_goes_for_its_methods_unless_they_say_otherwise() {
        Ledger client = group.clients().get(0).get(Ledger.class);
        assertThatThrownBy(client::book).isInstanceOf(NotMasterException.class);
        assertThat(client.audit()).isEmpty();
        Ledger master = group.master().get(Ledger.class);
        assertThat(master.book()).isEqualTo("booked");
        assertThat(master.audit()).contains("audited");
    }

    @Test
    void a_call_during_which_mastership_goes_is_cut_off_and_its_caller_told() throws InterruptedException {
        try (ApplicationGroup group = other("told")) {
            Application.Started master = group.master();
            Jobs jobs = master.get(Jobs.class);
            long generation = jobs.refused();
            Future<String> call = inBackground(jobs::waits);
            jobs.begun.await();
            handOver(group);
            jobs.go.countDown();
            assertThatThrownBy(call::get).hasCauseInstanceOf(MastershipLostException.class);
            assertThat(jobs.stillMaster).containsExactly(false, false);
            assertThat(master.get(CutOffs.class).heard)
                    .containsExactly(new CallCutOff("default", "Jobs.waits", generation));
            assertThat(master.get(HealthSource.class).environments())
                    .extracting(EnvironmentHealth::masterOnly)
                    .containsExactly(Optional.of(new MasterOnlyCounts(1, 0, 0)));
        }
    }

    private static ApplicationGroup other(String name) {
        return ApplicationGroup.start(
                2, folder.resolve(name), List.of("understudy.group", name), Jobs.class, CutOffs.class);
    }

    private static void handOver(ApplicationGroup group) {
        Application.Started target = group.clients().get(0);
        ApplicationGroup.environment(group.master()).transferMastership(ApplicationGroup.name(target));
    }

    @Test
    void a_call_that_would_have_been_skipped_is_cut_off_with_an_event_alone() throws Exception {
        try (ApplicationGroup group = other("silent")) {
            Application.Started master = group.master();
            Jobs jobs = master.get(Jobs.class);
            Future<Void> call = inBackground(() -> {
                jobs.waitsInSilence();
                return null;
            });
            jobs.begun.await();
            handOver(group);
            jobs.go.countDown();
            assertThat(call.get(ApplicationGroup.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isNull();
            assertThat(master.get(CutOffs.class).heard)
                    .extracting(CallCutOff::method)
                    .containsExactly("Jobs.waitsInSilence");
        }
    }

    @Test
    void a_stage_belongs_to_the_call_until_it_ends() {
        try (ApplicationGroup group = other("stages")) {
            Jobs jobs = group.master().get(Jobs.class);
            CompletableFuture<String> result = jobs.promises().toCompletableFuture();
            handOver(group);
            assertThat(result).isNotDone();
            jobs.later.complete("too late");
            assertThatThrownBy(result::join).hasCauseInstanceOf(MastershipLostException.class);
        }
    }

    @Test
    void a_call_that_wants_it_is_interrupted_when_mastership_goes() throws InterruptedException {
        try (ApplicationGroup group = other("interrupts")) {
            Jobs jobs = group.master().get(Jobs.class);
            Future<Void> call = inBackground(() -> {
                jobs.untilInterrupted();
                return null;
            });
            jobs.begun.await();
            handOver(group);
            assertThatThrownBy(() -> call.get(ApplicationGroup.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(MastershipLostException.class)
                    .hasRootCauseInstanceOf(InterruptedException.class);
            await().atMost(ApplicationGroup.PATIENCE).until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("understudy-master-only")));
        }
    }

    @Test
    void outside_of_such_a_call_there_is_no_mastership_to_ask_about() {
        Mastership mastership = group.master().get(Jobs.class).mastership;
        assertThatIllegalStateException()
                .isThrownBy(mastership::generation)
                .withMessageContaining("No @MasterOnly method runs on this thread");
    }
}
