package org.understudy.cdi.mastership;

import jakarta.interceptor.InvocationContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.understudy.Environment;
import org.understudy.event.BecameMaster;

/** Keeps the books of an application's timers: one for each environment. */
final class TimerCalls {

    private final MastershipHost host;
    private final Tallies tallies;
    private final Clock clock;
    private final Map<String, TickBook> books = new ConcurrentHashMap<>();

    TimerCalls(MastershipHost host, Tallies tallies, Clock clock) {
        this.host = host;
        this.tallies = tallies;
        this.clock = clock;
    }

    /** Has the methods that timers call looked after from now on: whenever a mastership begins here, what was missed is told. */
    void watch(List<MasterOnlyMethod> methods, Executor context) {
        methods.stream().map(MasterOnlyMethod::environment).distinct().forEach(name -> {
            List<String> timers = methods.stream()
                    .filter(method -> method.environment().equals(name))
                    .map(method -> prefix(method))
                    .toList();
            TickBook book = book(name);
            host.environment(name).subscribe(event -> {
                if (event instanceof BecameMaster mastership) {
                    context.execute(() -> book.review(mastership.generation(), timers));
                }
            });
        });
    }

    private TickBook book(String environment) {
        return books.computeIfAbsent(environment, this::open);
    }

    private TickBook open(String name) {
        Environment environment = host.environment(name);
        return new TickBook(environment, host, tallies.of(environment.name()), clock);
    }

    private static String prefix(MasterOnlyMethod method) {
        return method.id() + " ";
    }

    /** The tick that comes with an invocation, if it is one that every site's timers count alike. */
    Optional<Tick> tick(MasterOnlyMethod method, InvocationContext invocation) {
        Object timer = invocation.getTimer();
        if (timer == null) {
            return Optional.empty();
        }
        return EjbTimers.schedule(timer)
                .map(schedule -> book(method.environment()).arrived(prefix(method) + schedule, EjbTimers.next(timer)));
    }

    /** It is not run here. */
    void skip(MasterOnlyMethod method, Tick tick) {
        book(method.environment()).skip(tick);
    }

    /** Runs it, unless it has run. */
    Object run(MasterOnlyMethod method, Tick tick, HeldMastership held, Callable<Object> body) throws Exception {
        TickBook book = book(method.environment());
        if (!book.begin(tick, held)) {
            return Results.skipped(method.method());
        }
        try {
            return body.call();
        } finally {
            book.end(tick, held);
        }
    }
}
