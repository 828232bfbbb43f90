package org.understudy.site.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DirectStageTest {
    @Test
    void what_depends_on_it_runs_on_the_thread_that_ends_it() {
        DirectStage<String> stage = new DirectStage<>();
        CompletableFuture<Thread> teller = stage.thenApply(done -> Thread.currentThread());

        stage.completeAsync(() -> "done");

        assertThat(teller).isCompletedWithValue(Thread.currentThread());
    }

    @Test
    void what_is_derived_from_it_takes_another_thread_where_that_is_asked_for() {
        DirectStage<String> stage = new DirectStage<>();
        CompletableFuture<Thread> teller = stage.thenApply(done -> done).thenApplyAsync(done -> Thread.currentThread());

        stage.complete("done");

        assertThat(teller.join()).isNotSameAs(Thread.currentThread());
    }
}
