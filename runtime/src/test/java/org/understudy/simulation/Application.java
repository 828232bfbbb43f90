package org.understudy.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.understudy.Role;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.MemberTable;
import org.understudy.protocol.Command;
import org.understudy.protocol.Effect;
import org.understudy.protocol.Hold;
import org.understudy.protocol.Input;
import org.understudy.protocol.SyncSettings;

/** The program around a site: starts it, asks again when that failed, and closes it when it was removed. */
final class Application {
    private static final long RETRY_MICROS = 500_000;
    private static final long ORDER_MICROS = 5_000_000;

    private static final long AGREES_MICROS = 400_000;

    private final SiteProcess process;
    private final Map<Long, Consumer<Effect.Result>> requests = new HashMap<>();
    private long lastRequest;
    private boolean member;

    Application(SiteProcess process) {
        this.process = process;
    }

    /** Starts the site, again and again until it is a member. */
    void start() {
        SiteSettings settings = process.settings();
        boolean creates = settings.creator() && !process.site().wasMember();
        process.take(new Input.Start(
                request(this::started),
                creates,
                helpers(),
                settings.joinTimeoutMicros(),
                false,
                settings.replaces(),
                founding()));
    }

    /** Who starts an emptied site of a group that is made already lets it join, as the refusal of the two options together says. */
    private MemberTable founding() {
        boolean made = process.site().world().sites().stream()
                .map(site -> site.tip().members())
                .anyMatch(table -> table.exists() && !table.isFounding());
        return made && process.site().isStranger()
                ? MemberTable.NONE
                : process.settings().founding();
    }

    /** Whom it asks for the group: every other machine there is by now. */
    private List<String> helpers() {
        return process.site().world().sites().stream()
                .map(SimulatedSite::name)
                .filter(other -> !other.equals(process.site().name()))
                .toList();
    }

    /** Where the site asks first: looks now and then whether it waits for an agreement, and gives it. */
    void agree() {
        SyncSettings sync = process.settings().replica().sync();
        if (!sync.delayed() && sync.rollbackLimit() == Long.MAX_VALUE) {
            return;
        }
        process.after(process.site().dice().until(AGREES_MICROS), () -> {
            Hold hold = process.view().hold();
            if (hold != Hold.NONE) {
                allow(hold, result -> {});
            }
            agree();
        });
    }

    /** Makes this site master or client, and hears what became of it. */
    void appoint(Role role, Consumer<Effect.Result> then) {
        process.take(new Input.Appoint(request(then), role, ORDER_MICROS));
    }

    /** Makes this site master of those that remain, or is told what that would mean, and hears what became of it. */
    void forceMaster(Optional<Set<String>> lost, Consumer<Effect.Result> then) {
        process.take(new Input.ForceMaster(request(then), lost, ORDER_MICROS));
    }

    /** Agrees to one thing, once, and hears what became of it. */
    void allow(Hold what, Consumer<Effect.Result> then) {
        process.take(new Input.Allow(request(then), what));
    }

    private void started(Effect.Result result) {
        if (result instanceof Effect.Result.Done) {
            member = true;
            process.site().becameMember();
        } else {
            boolean refused = result instanceof Effect.Result.Refused;
            process.after(process.site().dice().until(RETRY_MICROS), refused ? this::configureAnew : this::start);
        }
    }

    /** The operator has read why, and configures what the group says this site is. */
    private void configureAnew() {
        SimulatedSite site = process.site();
        site.self().ifPresent(self -> site.configure(site.settings().withView(self.view())));
        site.close();
        site.start();
    }

    /** Whether the start has succeeded. */
    boolean isMember() {
        return member;
    }

    /** Gives an order; what becomes of it, only the trace tells. */
    void order(Command command) {
        order(command, result -> {});
    }

    /** Gives an order and hears what became of it. */
    void order(Command command, Consumer<Effect.Result> then) {
        process.site().world().observer().ordered(process.site(), command);
        process.take(new Input.Order(request(then), command, ORDER_MICROS));
    }

    /** Stops the site in order. */
    void stop() {
        process.take(new Input.Stop(request(result -> process.site().close()), ORDER_MICROS));
    }

    /** Stops the site in order for another process to take it over, which is told so once this one is closed. */
    void makeRoom(Runnable then) {
        Consumer<Effect.Result> closed = result -> {
            process.site().close();
            then.run();
        };
        process.take(new Input.Stop(request(closed), ORDER_MICROS, true));
    }

    private long request(Consumer<Effect.Result> then) {
        lastRequest++;
        requests.put(lastRequest, then);
        return lastRequest;
    }

    /** A request has ended. */
    void ended(long request, Effect.Result result) {
        Consumer<Effect.Result> then = requests.remove(request);
        if (then == null) {
            throw new Violation("a request ends once", process.site().name() + " request " + request + " " + result);
        }
        then.accept(result);
    }

    /** An event reaches the application. */
    void fired(ReplicationEvent event) {
        if (event instanceof LocalSiteRemoved) {
            process.site().removed();
        }
    }
}
