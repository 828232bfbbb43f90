package org.understudy.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.understudy.Role;

/** Orders that only the master carries out: routed to it, asked again where that may help, ended in time. */
final class Orders {
    private static final long ASK_AGAIN_MICROS = 200_000;

    private static final class Pending {
        final Command command;
        final long endMicros;
        final Consumer<Effect.Result> then;
        long askAt;
        boolean running;
        String obstacle = "no master is known";

        Pending(Command command, long endMicros, Consumer<Effect.Result> then) {
            this.command = command;
            this.endMicros = endMicros;
            this.then = then;
        }
    }

    private final ReplicaContext context;
    private final Map<Long, Pending> pending = new TreeMap<>();
    /** Numbers the site's own orders, below those of the application. */
    private long ownRequest;

    private Optional<MasterRole> localMaster = Optional.empty();
    private Optional<Peer> remoteMaster = Optional.empty();

    Orders(ReplicaContext context) {
        this.context = context;
    }

    void begin(Input.Order order) {
        if (context.role == Role.UNKNOWN) {
            String reason = "this site takes no part in its group now: start it first";
            context.emit(new Effect.CommandEnded(order.request(), new Effect.Result.Unavailable(reason)));
            return;
        }
        begin(
                order.request(),
                order.command(),
                order.timeoutMicros(),
                result -> context.emit(new Effect.CommandEnded(order.request(), result)));
    }

    /** The site's own order. */
    void begin(Command command, long timeoutMicros, Consumer<Effect.Result> then) {
        begin(--ownRequest, command, timeoutMicros, then);
    }

    private void begin(long request, Command command, long timeoutMicros, Consumer<Effect.Result> then) {
        pending.put(request, new Pending(command, context.now + timeoutMicros, then));
        run();
    }

    /** The master is here, elsewhere, or unknown. */
    void masterChanged(Optional<MasterRole> local, Optional<Peer> remote) {
        localMaster = local;
        remoteMaster = remote;
        pending.values().forEach(order -> {
            order.running = false;
            order.askAt = context.now;
        });
        endFulfilled();
    }

    /** A transfer is fulfilled when its target is master and open to commits, whoever's doing it was. */
    void endFulfilled() {
        if (pending.isEmpty()) {
            return;
        }
        boolean isMaster = localMaster.filter(MasterRole::isOpen).isPresent();
        String master = remoteMaster.map(Peer::name).orElse(isMaster ? context.settings.localSite() : "");
        List<Long> fulfilled = pending.entrySet().stream()
                .filter(entry -> entry.getValue().command instanceof Command.TransferMastership transfer
                        && transfer.site().equals(master))
                .map(Map.Entry::getKey)
                .toList();
        fulfilled.forEach(request -> end(request, new Effect.Result.Done()));
    }

    /** This site was removed: who ordered that here has it, and nothing else can be ordered any more. */
    void localSiteRemoved() {
        String self = context.settings.localSite();
        Map.copyOf(pending).forEach((request, order) -> {
            boolean asked = order.command instanceof Command.Remove remove
                    && remove.site().equals(self);
            end(
                    request,
                    asked
                            ? new Effect.Result.Done()
                            : new Effect.Result.Refused("this site was removed from the group"));
        });
    }

    private void run() {
        for (Map.Entry<Long, Pending> entry : new ArrayList<>(pending.entrySet())) {
            Pending order = entry.getValue();
            if (!order.running && context.now >= order.askAt) {
                run(entry.getKey(), order);
            }
        }
    }

    private void run(long request, Pending order) {
        order.askAt = context.now + ASK_AGAIN_MICROS;
        if (localMaster.isPresent()) {
            order.running = true;
            order.obstacle = "the master could not finish it";
            localMaster
                    .get()
                    .administration()
                    .order(order.command, order.endMicros - context.now, result -> ended(request, result));
        } else if (remoteMaster.isPresent()) {
            context.send(remoteMaster.get(), new Message.CommandRequest(request, order.command));
        }
    }

    private void ended(long request, Effect.Result result) {
        Pending order = pending.get(request);
        if (order == null) {
            return;
        }
        order.running = false;
        boolean transfer = order.command instanceof Command.TransferMastership;
        if (result instanceof Effect.Result.Unavailable unavailable) {
            order.obstacle = unavailable.reason();
            if (transfer && localMaster.isPresent()) {
                end(request, result);
            }
        } else if (transfer && result instanceof Effect.Result.Done) {
            order.obstacle = "the master has stepped down for it, and no new master is known yet";
            endFulfilled();
        } else {
            end(request, result);
        }
    }

    private void end(long request, Effect.Result result) {
        pending.remove(request).then.accept(result);
    }

    /** Another site's order for this master. */
    void onRequest(Peer from, Message.CommandRequest request, long timeoutMicros) {
        Consumer<Effect.Result> answer = result -> context.send(from, answer(request.request(), result));
        if (localMaster.isPresent() && localMaster.get().isOpen()) {
            localMaster.get().administration().order(request.command(), timeoutMicros, answer);
        } else {
            answer.accept(new Effect.Result.Unavailable("site " + context.settings.localSite() + " is not master"));
        }
    }

    private static Message.CommandAnswer answer(long request, Effect.Result result) {
        if (result instanceof Effect.Result.Refused refused) {
            return new Message.CommandAnswer(request, false, false, refused.reason());
        }
        if (result instanceof Effect.Result.Unavailable unavailable) {
            return new Message.CommandAnswer(request, false, true, unavailable.reason());
        }
        return new Message.CommandAnswer(request, true, false, "");
    }

    void onAnswer(Message.CommandAnswer answer) {
        Effect.Result result = answer.done()
                ? new Effect.Result.Done()
                : answer.retry()
                        ? new Effect.Result.Unavailable(answer.reason())
                        : new Effect.Result.Refused(answer.reason());
        ended(answer.request(), result);
    }

    long deadline() {
        return pending.values().stream()
                .mapToLong(order -> order.running ? order.endMicros : Math.min(order.endMicros, order.askAt))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void tick() {
        for (Map.Entry<Long, Pending> entry : new ArrayList<>(pending.entrySet())) {
            if (context.now >= entry.getValue().endMicros) {
                end(entry.getKey(), new Effect.Result.Unavailable("not done in time: " + entry.getValue().obstacle));
            }
        }
        run();
    }
}
