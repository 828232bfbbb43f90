package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Place;
import org.understudy.Standing;

/** A disk that does nothing for a while: a real directory whose forces wait until the test lets them go on. */
class LogStallTest {
    @TempDir
    private Path home;

    private volatile CountDownLatch gate = new CountDownLatch(0);

    @Test
    void a_force_that_stands_still_is_seen_from_outside_until_it_ends() {
        LogOptions options = new LogOptions(new Place("test", Optional.empty()), 64 << 10, 0, 0);
        try (Log log = Log.open(stalling(LogDirectory.class, new DiskDirectory(home)), options, Standing.ZERO)) {
            log.append(Records.record(1, 1));
            assertThat(log.oldestWorkNanos()).isZero();
            gate = new CountDownLatch(1);
            CompletableFuture<Long> forcing = CompletableFuture.supplyAsync(log::force);
            await().until(() -> log.oldestWorkNanos() > 1_000_000);
            log.append(Records.record(1, 2));
            assertThat(log.oldestWorkNanos()).isGreaterThan(1_000_000);
            gate.countDown();
            assertThat(forcing.join()).isEqualTo(1);
            assertThat(log.oldestWorkNanos()).isZero();
        }
    }

    private <T> T stalling(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            if (method.getName().equals("force")) {
                gate.await();
            }
            try {
                Object result = method.invoke(real, args);
                return result instanceof LogFile file ? stalling(LogFile.class, file) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }
}
