package org.understudy.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;

/** A home that an environment has, as whoever comes to its meeting point finds it. */
final class HeldHome implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String home;
    private final Environment holder;
    private final MeetingPoint.Address address;

    HeldHome(Path folder) throws IOException {
        this.home = folder.toRealPath().toString();
        this.holder = Environment.open(EnvironmentConfig.builder(folder).build());
        this.address = new MeetingPoint(folder.toRealPath()).find().orElseThrow();
    }

    Environment holder() {
        return holder;
    }

    String path() {
        return home;
    }

    String secret() {
        return address.secret();
    }

    Wire connect() throws IOException {
        return Wire.connect(address.socket());
    }

    /** What is answered to a greeting on a connection. */
    static Reply greet(Wire wire, String version, String secret, String inHome, boolean line) throws IOException {
        Greeting greeting = new Greeting(
                version, secret, inHome, 1, "default", "understudy", Optional.empty(), UUID.randomUUID(), line, false);
        wire.put(greeting.encoded());
        wire.flush();
        return Reply.decoded(wire.take(ProcessLimits.MAX_WELCOME_BYTES, PATIENCE));
    }

    @Override
    public void close() {
        holder.close();
    }
}
