package org.understudy.site;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.understudy.Durability;
import org.understudy.Environment;

/** All that holds of a plain local store, through a subordinate of it (protocol.md §11). */
class SubordinateEnvironmentTest extends LocalEnvironmentTest {
    private Environment holder;

    @Override
    Environment open(Durability durability) {
        if (holder == null) {
            holder = super.open(durability);
        }
        return super.open(durability);
    }

    @AfterEach
    void close() {
        if (holder != null) {
            holder.close();
            holder = null;
        }
    }

    @Override
    @Test
    void no_thread_is_left_behind() {
        Environment subordinate = open();
        names(subordinate).putAsync("k", "v").toCompletableFuture().join();
        subordinate.close();
        close();
        awaitNoThreads();
    }
}
