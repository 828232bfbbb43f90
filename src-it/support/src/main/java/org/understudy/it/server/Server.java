package org.understudy.it.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.understudy.it.support.FreePorts;
import org.understudy.it.support.Http;
import org.understudy.it.support.Jdk;

/**
 * An application server in a process of its own, with its ports on a loopback address and its files in one folder, which
 * may be started again and again. Of what it needs to run nothing is shared but the server's distribution.
 */
public abstract sealed class Server implements AutoCloseable permits WildFly, Liberty, PayaraMicro {

    /** Where servers listen. Nobody dials from such an address, so nobody has the port when a killed one wants it again. */
    public static final String ADDRESS = "127.0.2.1";

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final Map<String, Path> applications = new LinkedHashMap<>();
    private final Map<String, String> fileNames = new LinkedHashMap<>();
    private final List<Integer> ports = FreePorts.find(3);
    private Jdk jdk = Jdk.running();
    private Optional<ServerProcess> process = Optional.empty();
    private Optional<Library> library = Optional.empty();
    private boolean wanted;
    private long heardBytes;

    Server(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /** Gives it a system property, from its next start on. */
    public final Server with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** Gives it a variable of the operating system, from its next start on. */
    public final Server withVariable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** Runs it on another JDK than the one that runs this, from its next start on. */
    public final Server on(Jdk other) {
        this.jdk = other;
        return this;
    }

    /** Gives its applications a library that it has once for all of them, from its next start on. */
    public final Server withLibrary(String name, Path jar) {
        library = Optional.of(new Library(name, jar));
        return this;
    }

    /** Starts it; it, and what was deployed, is ready when this returns. */
    public final Server start() {
        begin();
        awaitStart();
        return this;
    }

    /** Begins to start it; to be followed by {@link #awaitStart}. So several start side by side. */
    public final void begin() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs already");
        }
        try {
            Files.createDirectories(temporary());
            listenFromHere();
            prepare();
            applications.forEach(this::put);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new LinkedHashMap<>(variables());
        environment.put("JAVA_HOME", jdk.home().toString());
        environment.putAll(variables);
        process = Optional.of(ServerProcess.start(command(), environment, folder, log()));
        wanted = true;
    }

    /** Waits until it, and what was deployed, is ready. */
    public final void awaitStart() {
        awaitThat("has started", PATIENCE, () -> answers() && isReady());
        applications.keySet().forEach(this::awaitApplication);
    }

    /** Deploys a war or an ear under a name, in place of what that names; it serves requests when this returns. */
    public final void deploy(String application, Path archive) {
        if (isRunning() && applications.containsKey(application)) {
            undeploy(application);
        }
        applications.put(application, archive);
        fileNames.put(application, application + (archive.toString().endsWith(".ear") ? ".ear" : ".war"));
        if (isRunning()) {
            put(application, archive);
            awaitApplication(application);
        }
    }

    /** Undeploys what was deployed under a name; nothing of it is served when this returns. */
    public final void undeploy(String application) {
        applications.remove(application);
        if (isRunning()) {
            remove(application);
            awaitThat("has undeployed " + application, PATIENCE, () -> isRemoved(application));
        }
    }

    private void awaitApplication(String application) {
        awaitThat("has deployed " + application, PATIENCE, () -> {
            failure(application).ifPresent(why -> {
                throw new DeploymentFailedException(this + " has not deployed " + application + ": " + why);
            });
            return isDeployed(application);
        });
    }

    /** Kills it as {@code kill -9} does; its process has gone when this returns. */
    public final void kill() {
        wanted = false;
        process.ifPresent(ServerProcess::kill);
    }

    /** Stops it in order; its process has gone when this returns. */
    public final void stop() {
        wanted = false;
        process.ifPresent(ServerProcess::stop);
    }

    /** As {@link #kill}. */
    @Override
    public final void close() {
        kill();
    }

    /** Requests to one of its applications. */
    public final Http application(String name) {
        return new Http(ADDRESS, httpPort(), name);
    }

    /** Requests to what answers for MicroProfile Health. */
    public final Http health() {
        return new Http(ADDRESS, healthPort(), "health");
    }

    /** Whether its process runs. */
    public final boolean isRunning() {
        return process.filter(ServerProcess::isRunning).isPresent();
    }

    /**
     * What waits for an answer of it calls this each time, so that it does not take a dead server for a slow one.
     *
     * @throws IllegalStateException if its process has ended, and was neither killed nor stopped from here
     */
    public final void checkAlive() {
        if (wanted && !isRunning()) {
            throw new IllegalStateException(this + " has ended by itself");
        }
    }

    /**
     * Waits until something is so, which may not be answered yet.
     *
     * @throws IllegalStateException if its process ends before, or it takes too long
     */
    public final void awaitThat(String what, Duration patience, Callable<Boolean> condition) {
        try {
            await().atMost(patience)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> !isRunning() || condition.call());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException("not within " + patience + ": " + this + " " + what, e);
        }
        if (!isRunning()) {
            throw new IllegalStateException(this + " ended before it " + what);
        }
    }

    /** The process that it was last started as. */
    public final long pid() {
        return running().pid();
    }

    /** How much memory its process has from the operating system now. */
    public final long residentMebibytes() {
        return running().residentMebibytes();
    }

    /** All that it has said so far, over all its starts. */
    public final Path log() {
        return folder.resolve("console.log");
    }

    /** Where its files are. */
    public final Path folder() {
        return folder;
    }

    /** Its {@code java.io.tmpdir}. */
    public final Path temporary() {
        return folder.resolve("tmp");
    }

    /** Which server it is. */
    public abstract ServerKind kind();

    /** Makes what its process needs, if that is not there yet. */
    abstract void prepare() throws IOException;

    /** The arguments of the JVM behind those that all servers have. */
    abstract List<String> arguments();

    /** The variables it needs. */
    abstract Map<String, String> variables();

    /** The class that hears the orders given to its process, if there are any. */
    List<Class<?>> listener() {
        return List.of();
    }

    /** Whether it takes orders, once it answers over HTTP. */
    boolean isReady() {
        return true;
    }

    /** Puts an application there, at a start or while it runs. */
    abstract void put(String application, Path war);

    /** Takes an application away while it runs. */
    abstract void remove(String application);

    /** Whether it says so, of an application that was put there. */
    abstract boolean isDeployed(String application);

    /** Why it says that it could not deploy one. */
    abstract Optional<String> failure(String application);

    /** Whether it says so, of an application that was taken away. */
    abstract boolean isRemoved(String application);

    final int httpPort() {
        return ports.get(0);
    }

    /** Where it answers for MicroProfile Health. */
    int healthPort() {
        return httpPort();
    }

    /** Another of its ports. */
    final int port(int index) {
        return ports.get(index);
    }

    final Jdk jdk() {
        return jdk;
    }

    /** What it has for all applications, if there is something. */
    final Optional<Library> library() {
        return library;
    }

    /** From here on {@link #saying} looks for what it says. */
    final void listenFromHere() {
        try {
            heardBytes = Files.exists(log()) ? Files.size(log()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has said of a kind since {@link #listenFromHere}. */
    final Optional<String> saying(String pattern) {
        try (FileChannel channel = FileChannel.open(log())) {
            ByteBuffer said = ByteBuffer.allocate(Math.toIntExact(channel.size() - heardBytes));
            channel.read(said, heardBytes);
            Matcher matcher = Pattern.compile(pattern)
                    .matcher(new String(said.array(), 0, said.position(), StandardCharsets.UTF_8));
            return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that an application is, or was, put there as. */
    final String fileName(String application) {
        return fileNames.get(application);
    }

    final ServerProcess running() {
        return process.orElseThrow(() -> new IllegalStateException(this + " was never started"));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(jdk.java().toString()));
        command.addAll(ServerFlags.of(jdk, temporary()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(Leash.option(folder, listener()));
        command.addAll(arguments());
        return command;
    }

    private boolean answers() {
        return new Http(ADDRESS, httpPort(), "").get("").status() > 0;
    }

    @Override
    public final String toString() {
        return kind() + " in " + process.map(ServerProcess::toString).orElse(folder + ", not started");
    }
}
