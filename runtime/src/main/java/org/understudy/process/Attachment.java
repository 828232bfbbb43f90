package org.understudy.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.Role;
import org.understudy.backend.RoleState;
import org.understudy.log.MalformedValueException;
import org.understudy.process.Messages.Told;
import org.understudy.thread.Stage;

/**
 * A subordinate's tie to the process that has the home: a line, on which errands go and come back and whose end is the end of
 * all, and connections for calls, each for one thread at a time.
 */
public final class Attachment implements AutoCloseable {
    private final EnvironmentConfig config;
    private final MeetingPoint.Address address;
    private final UUID session = UUID.randomUUID();
    private final String home;
    private final Wire line;
    private final Reply.Welcome welcome;
    private final Semaphore free = new Semaphore(ProcessLimits.MAX_CALLS);
    private final ConcurrentLinkedDeque<Call> idle = new ConcurrentLinkedDeque<>();
    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final CompletableFuture<String> lost = new Stage<>();
    private final Duration silence;
    private volatile boolean silent;

    private final boolean candidate;
    private final RemoteHandlers handlers;
    private volatile RoleState role = new RoleState(Role.UNKNOWN, 0, Optional.empty());
    private volatile Optional<Told.Leaving> leaving = Optional.empty();

    /** An errand under way. */
    private record Waiting(Class<?> question, CompletableFuture<Object> stage, Supplier<RuntimeException> ifLost) {

        void complete(byte[] answer) {
            stage.defaultExecutor().execute(() -> {
                try {
                    stage.complete(Messages.answer(question, answer));
                } catch (RuntimeException e) {
                    stage.completeExceptionally(e);
                }
            });
        }

        void fail() {
            stage.defaultExecutor().execute(() -> stage.completeExceptionally(ifLost.get()));
        }
    }

    private Attachment(
            EnvironmentConfig config, Threads threads, MeetingPoint.Address address, String home, boolean candidate)
            throws IOException {
        this.candidate = candidate;
        this.config = config;
        this.address = address;
        this.home = home;
        this.silence = longer(config.processTimeout(), ProcessLimits.LEAST_SILENCE);
        this.line = Wire.connect(address.socket());
        try {
            this.welcome = greet(line, true);
        } catch (IOException | RuntimeException e) {
            line.close();
            throw e;
        }
        this.handlers = new RemoteHandlers(new Place(config.name(), welcome.localSite()), this, threads);
    }

    /**
     * Ties this process to the one that has the home.
     *
     * @param candidate whether the application has started this environment before, so that it may take the home over
     * @return nothing if none is to be met there
     * @throws ConfigurationException if that one is another site than this configuration says
     * @throws RefusedException if it does not let this process in
     * @throws IOException if it does not answer
     */
    public static Optional<Attachment> to(EnvironmentConfig config, Threads threads, boolean candidate)
            throws IOException {
        String home = config.home().toRealPath().toString();
        Optional<MeetingPoint.Address> address = new MeetingPoint(config.home().toRealPath()).find();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        Attachment attachment = new Attachment(config, threads, address.get(), home, candidate);
        threads.create("understudy-" + config.name() + "-line", attachment::listen)
                .start();
        return Optional.of(attachment);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Reply.Welcome greet(Wire wire, boolean asLine) throws IOException {
        wire.put(new Greeting(
                        Greeting.VERSION,
                        address.secret(),
                        home,
                        ProcessHandle.current().pid(),
                        config.name(),
                        config.group(),
                        config.localSite(),
                        session,
                        asLine,
                        candidate)
                .encoded());
        wire.flush();
        Reply reply;
        try {
            reply = Reply.decoded(wire.take(ProcessLimits.MAX_WELCOME_BYTES, ProcessLimits.GREETING_TIME));
        } catch (MalformedValueException e) {
            throw new IOException("what listens at " + address + " is no process of this home", e);
        }
        if (reply instanceof Reply.Unfit unfit) {
            throw new ConfigurationException(Place.of(config), unfit.problems());
        } else if (reply instanceof Reply.Refused refused) {
            throw new RefusedException(refused.reason());
        }
        return (Reply.Welcome) reply;
    }

    /** The process that has the home. */
    public long pid() {
        return welcome.pid();
    }

    /** The site that the home is. */
    public Optional<String> localSite() {
        return welcome.localSite();
    }

    /** Which settings of this process do not hold, each in a sentence that says what does. */
    public List<String> overruledSettings() {
        return Settings.overruled(welcome.settings(), config, pid());
    }

    /** Completed, with the reason, when it is over. */
    public CompletableFuture<String> lost() {
        return lost;
    }

    /** The handlers of this process. */
    RemoteHandlers handlers() {
        return handlers;
    }

    // ---- errands ----

    private void listen() {
        String why = "the line ended";
        try {
            while (true) {
                take(Messages.told(line.takeUnlessSilent(silence)));
            }
        } catch (SilenceException e) {
            silent = true;
            why = "it " + fate();
        } catch (IOException | MalformedValueException e) {
            why = String.valueOf(e.getMessage());
        } finally {
            end(why);
        }
    }

    private void take(Told told) {
        if (told instanceof Told.Answered answered) {
            Optional.ofNullable(waiting.remove(answered.number()))
                    .ifPresent(errand -> errand.complete(answered.answer()));
        } else if (told instanceof Told.RoleNow now) {
            role = now.role();
        } else if (told instanceof Told.Leaving last) {
            leaving = Optional.of(last);
        } else if (told instanceof Told.Delivered delivered) {
            handlers.take(delivered);
        }
    }

    /** What is the matter with the process that had the home, now that the tie is cut. */
    String fate() {
        return silent ? "said nothing for " + silence.toMillis() + " ms and may hang" : "is gone";
    }

    // ---- what it leaves behind ----

    /** Whether it said that it leaves the home, as it does when it is closed and not when it crashes. */
    public boolean hasLeft() {
        return leaving.isPresent();
    }

    /** Whether this process is the one that was told to take the home over. */
    public boolean isHeir() {
        return leaving.filter(Told.Leaving::heir).isPresent();
    }

    /** Of which generation its site was master to the last; 0 for none. */
    public long mastership() {
        long now = role.role() == Role.MASTER ? role.generation() : 0;
        return leaving.map(Told.Leaving::mastership).orElse(now);
    }

    /** Whether its site was in a group and is no more, or not yet. */
    public boolean isOutOfGroup() {
        return localSite().isPresent() && role.role() == Role.UNKNOWN;
    }

    /** The site as that process had it set up, with what is this process's own. */
    public EnvironmentConfig inherited() {
        return Settings.inherited(welcome.settings(), config);
    }

    /** A number for an errand. */
    long nextNumber() {
        return numbers.incrementAndGet();
    }

    /** Runs an errand; {@code ifLost} is what it fails with when the tie is cut before it is answered. */
    <R> CompletableFuture<R> run(long number, Errand<R> errand, Supplier<RuntimeException> ifLost) {
        CompletableFuture<R> stage = expect(number, errand.getClass(), ifLost);
        byte[] frame = Messages.asked(new Messages.Asked(number, errand));
        try {
            synchronized (line) {
                line.put(frame);
                line.flush();
            }
        } catch (IOException e) {
            end(e.getMessage());
        }
        return stage;
    }

    /** Waits for an answer on the line to what was asked elsewhere. */
    @SuppressWarnings("unchecked")
    <R> CompletableFuture<R> expect(long number, Class<?> question, Supplier<RuntimeException> ifLost) {
        CompletableFuture<Object> stage = new Stage<>();
        waiting.put(number, new Waiting(question, stage, ifLost));
        failIfLost();
        return (CompletableFuture<R>) (CompletableFuture<?>) stage;
    }

    /** Nothing will be answered under this number. */
    void forget(long number) {
        waiting.remove(number);
    }

    private void failIfLost() {
        if (lost.isDone()) {
            waiting.keySet().forEach(number -> Optional.ofNullable(waiting.remove(number))
                    .ifPresent(Waiting::fail));
        }
    }

    // ---- calls ----

    /** A connection for one thread, to be given back. */
    Call borrow() throws IOException {
        if (!acquire()) {
            throw new IOException("this process has " + ProcessLimits.MAX_CALLS
                    + " calls and transactions under way, and may have no more");
        }
        try {
            Call used = idle.pollFirst();
            return used != null ? used : connect();
        } catch (IOException | RuntimeException e) {
            free.release();
            throw e;
        }
    }

    private boolean acquire() throws IOException {
        try {
            return free.tryAcquire() || free.tryAcquire(config.processTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while as many calls as there may be were under way", e);
        }
    }

    private Call connect() throws IOException {
        Wire wire = Wire.connect(address.socket());
        try {
            greet(wire, false);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
        Call call = new Call(wire);
        calls.add(call);
        if (lost.isDone()) {
            call.close();
        }
        return call;
    }

    /** Takes it back. */
    void giveBack(Call call) {
        if (call.isOpen() && idle.size() < ProcessLimits.MAX_IDLE_CALLS) {
            idle.addFirst(call);
        } else {
            call.close();
            calls.remove(call);
        }
        free.release();
    }

    private void end(String why) {
        lost.complete(why);
        line.close();
        calls.forEach(Call::close);
        idle.clear();
        handlers.close();
        failIfLost();
    }

    /** Lets go. */
    @Override
    public void close() {
        end("this environment was closed");
    }
}
