package org.understudy.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.backend.Backend;
import org.understudy.backend.Reception;
import org.understudy.backend.RoleState;
import org.understudy.log.MalformedValueException;
import org.understudy.process.Messages.Told;

/** Lets other processes use the environment of this one, which has the home (protocol.md §11). */
public final class SubordinateServer {
    private static final Logger LOGGER = System.getLogger(SubordinateServer.class.getName());

    private final EnvironmentConfig config;
    private final Place place;
    private final Path home;
    private final Backend backend;
    private final Reception reception;
    private final Threads threads;
    private final MeetingPoint meetingPoint;
    private final MeetingPoint.Listening listening;
    private final Consumer<Boolean> onCandidates;
    private final Map<UUID, ServedProcess> attached = new ConcurrentHashMap<>();
    private final AtomicLong arrivals = new AtomicLong();
    private boolean hadCandidates;
    private volatile boolean closed;

    private SubordinateServer(
            EnvironmentConfig config,
            Path home,
            Backend backend,
            Reception reception,
            Threads threads,
            Consumer<Boolean> onCandidates)
            throws IOException {
        this.onCandidates = onCandidates;
        this.config = config;
        this.place = Place.of(config);
        this.home = home;
        this.backend = backend;
        this.reception = reception;
        this.threads = threads;
        this.meetingPoint = new MeetingPoint(home);
        this.listening = meetingPoint.listen();
    }

    /** Tells whoever comes to this home that nobody else may use it. */
    public static void refuse(EnvironmentConfig config) {
        try {
            new MeetingPoint(config.home().toRealPath()).refuse();
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(Level.DEBUG, () -> "USTDY-0510 [" + Place.of(config) + "] others wait here in vain: " + e);
        }
    }

    /**
     * Opens the home's meeting point. Without one the environment is of use all the same, to this process alone: that it is so
     * is logged.
     *
     * @param onCandidates told whether there are processes that can take the home over, whenever that changes
     */
    public static Optional<SubordinateServer> start(
            EnvironmentConfig config,
            Backend backend,
            Reception reception,
            Threads threads,
            Consumer<Boolean> onCandidates) {
        try {
            SubordinateServer server = new SubordinateServer(
                    config, config.home().toRealPath(), backend, reception, threads, onCandidates);
            threads.create("understudy-" + config.name() + "-processes", server::accept)
                    .start();
            return Optional.of(server);
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "USTDY-0501 [" + Place.of(config) + "] no other process can use this environment: " + config.home()
                            + " has no place to meet",
                    e);
            return Optional.empty();
        }
    }

    Backend backend() {
        return backend;
    }

    Reception reception() {
        return reception;
    }

    Place place() {
        return place;
    }

    /** How many processes are attached now. */
    public int attached() {
        return attached.size();
    }

    private void accept() {
        while (!closed) {
            try {
                SocketChannel channel = listening.channel().accept();
                threads.create("understudy-" + config.name() + "-process", () -> receive(channel))
                        .start();
            } catch (IOException e) {
                if (!closed) {
                    LOGGER.log(
                            Level.ERROR,
                            "USTDY-0502 [" + place
                                    + "] no further process can use this environment until it is reopened",
                            e);
                }
                return;
            }
        }
    }

    private void receive(SocketChannel channel) {
        try {
            Wire wire = new Wire(channel);
            try {
                Greeting greeting =
                        Greeting.decoded(wire.take(ProcessLimits.MAX_GREETING_BYTES, ProcessLimits.GREETING_TIME));
                Reply reply = reply(greeting);
                if (reply instanceof Reply.Welcome) {
                    welcome(greeting, wire, reply);
                } else {
                    wire.put(reply.encoded());
                    wire.flush();
                    LOGGER.log(
                            Level.WARNING,
                            "USTDY-0503 [" + place + "] refused process " + greeting.pid() + ": " + reply);
                }
            } finally {
                wire.close();
            }
        } catch (IOException | MalformedValueException e) {
            LOGGER.log(
                    Level.DEBUG,
                    () -> "USTDY-0504 [" + place + "] somebody connected to the home's meeting point and was not"
                            + " understood: " + e);
        }
    }

    private Reply reply(Greeting greeting) {
        if (!greeting.version().equals(Greeting.VERSION)) {
            return new Reply.Refused("it runs version " + greeting.version() + " of this protocol, and process "
                    + ProcessHandle.current().pid() + ", which has the home, version " + Greeting.VERSION
                    + "; run the same release of the library in all processes of one home");
        } else if (!greeting.secret().equals(listening.address().secret())) {
            return new Reply.Refused("it does not know the word that is in " + MeetingPoint.ADDRESS_FILE);
        } else if (!greeting.home().equals(home.toString())) {
            return new Reply.Refused("it means the home " + greeting.home() + ", and this is " + home);
        } else if (!greeting.line() && !attached.containsKey(greeting.session())) {
            return new Reply.Refused("its attachment has ended");
        }
        return fit(greeting);
    }

    /** The local site is stored in the home and the same for all its processes (protocol.md §11). */
    private Reply fit(Greeting greeting) {
        String mine = config.localSite().orElse("");
        if (greeting.localSite().isPresent() && !greeting.localSite().get().equals(mine)) {
            return new Reply.Unfit(List.of("local-site=" + greeting.localSite().get() + ": the home " + home
                    + " is in use by process " + ProcessHandle.current().pid()
                    + (mine.isEmpty() ? " without a local site" : " as site " + mine)
                    + "; leave local-site away to inherit that, or give this process a home of its own"));
        } else if (greeting.localSite().isPresent() && !greeting.group().equals(config.group())) {
            return new Reply.Unfit(List.of("group=" + greeting.group() + ": the home " + home + " is in use by process "
                    + ProcessHandle.current().pid() + " in group " + config.group()));
        }
        return new Reply.Welcome(ProcessHandle.current().pid(), config.localSite(), Settings.of(config));
    }

    private void welcome(Greeting greeting, Wire wire, Reply reply) throws IOException {
        if (greeting.line()) {
            ServedProcess process = new ServedProcess(this, greeting, wire, arrivals.incrementAndGet());
            attached.put(greeting.session(), process);
            wire.put(reply.encoded());
            wire.flush();
            process.tell(new Told.RoleNow(backend.role()));
            countCandidates();
            LOGGER.log(
                    Level.INFO,
                    "USTDY-0505 [" + place + "] process " + greeting.pid() + " uses this environment as "
                            + greeting.environment());
            threads.create("understudy-" + config.name() + "-process-line", process::speak)
                    .start();
            if (closed) {
                process.end();
            }
            process.listen();
        } else {
            ServedProcess process = attached.get(greeting.session());
            if (process != null) {
                process.add(wire);
                wire.put(reply.encoded());
                wire.flush();
                new Conversation(process, wire).run();
            }
        }
    }

    void left(ServedProcess process, String why) {
        if (attached.containsKey(process.greeting().session())) {
            LOGGER.log(
                    Level.INFO,
                    "USTDY-0506 [" + place + "] process " + process.greeting().pid()
                            + " no longer uses this environment: " + why);
        }
    }

    void misunderstood(ServedProcess process, MalformedValueException why) {
        LOGGER.log(
                Level.WARNING,
                "USTDY-0507 [" + place + "] process " + process.greeting().pid()
                        + " says what makes no sense and is let go: " + why.getMessage());
    }

    void gone(ServedProcess process) {
        attached.remove(process.greeting().session());
        countCandidates();
    }

    /** Where there is no group, whoever has the home open can take it over; else who has started the site. */
    private boolean isCandidate(ServedProcess process) {
        return config.localSite().isEmpty() || process.hasStarted();
    }

    /** Whether there is a process that can take the home over when this one goes. */
    public boolean hasCandidates() {
        return attached.values().stream().anyMatch(this::isCandidate);
    }

    synchronized void countCandidates() {
        boolean now = hasCandidates();
        if (now != hadCandidates && !closed) {
            hadCandidates = now;
            onCandidates.accept(now);
        }
    }

    /** Tells everybody what the site is now. */
    public void tell(RoleState role) {
        attached.values().forEach(process -> process.tell(new Told.RoleNow(role)));
    }

    /** Tells everybody that this process leaves the home, and the one that is here longest to take it over. */
    private void tellLeaving(long mastership) {
        List<ServedProcess> all = List.copyOf(attached.values());
        Optional<ServedProcess> heir =
                all.stream().filter(this::isCandidate).min(Comparator.comparingLong(ServedProcess::arrival));
        all.forEach(process ->
                process.leave(new Told.Leaving(heir.filter(process::equals).isPresent(), mastership)));
    }

    /**
     * Lets nobody in any more and ends what the others have open here. The home is still this process's.
     *
     * @param mastership of which generation it was master to the last; 0 for none
     */
    public void close(long mastership) {
        closed = true;
        try (ServerSocketChannel last = listening.channel()) {
            meetingPoint.leave();
            LOGGER.log(Level.DEBUG, () -> "USTDY-0509 [" + place + "] leaves " + last);
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(Level.WARNING, "USTDY-0508 [" + place + "] the home's meeting point is left as it is", e);
        }
        tellLeaving(mastership);
        long deadlineNanos = System.nanoTime() + ProcessLimits.LAST_WORDS.toNanos();
        List.copyOf(attached.values()).forEach(process -> process.awaitEnd(deadlineNanos));
    }
}
