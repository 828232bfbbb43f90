package org.understudy.cdi.mastership;

import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.understudy.Environment;
import org.understudy.ReplicationException;
import org.understudy.cdi.codec.CodecCatalog;
import org.understudy.event.Takeover;

/** All calls of an application's {@link MasterOnly} methods: those that come here, and those that go to the master. */
public final class MasterOnlyCalls implements CallGate, AutoCloseable {

    private static final Logger LOG = System.getLogger(MasterOnlyCalls.class.getName());

    private final MastershipHost host;
    private final MasterOnlyMethods methods;
    private final CallForm form;
    private final CallForwarder forwarder;
    private final Tallies tallies = new Tallies();
    private final GuardedCalls guarded;
    private final TimerCalls timers;
    private final BeanManager beanManager;
    private Optional<CallReceiver> receiver = Optional.empty();

    /** The calls of an application that is being deployed. */
    public MasterOnlyCalls(
            MastershipHost host, MasterOnlyMethods methods, CodecCatalog codecs, BeanManager beanManager) {
        this.host = host;
        this.methods = methods;
        this.form = new CallForm(codecs);
        this.forwarder = new CallForwarder(form);
        this.guarded = new GuardedCalls(host, tallies);
        this.timers = new TimerCalls(host, tallies, Clock.systemUTC());
        this.beanManager = beanManager;
    }

    /** Whether messages of a topic are calls of {@link MasterOnly} methods, which are no observer's business. */
    public static boolean areCalls(String topic) {
        return CallTopics.isOne(topic);
    }

    /** What applications inject. */
    public Mastership current() {
        return new CurrentMastership();
    }

    /** What became of the calls and ticks of an environment here; empty if the application has none for it. */
    public Optional<MasterOnlyCounts> counts(String environment) {
        return tallies.counts(environment);
    }

    /** The environments are open: takes calls from other sites, with the application's context, if any are to be. */
    public void open(Executor context) {
        methods.methods()
                .map(MasterOnlyMethod::environment)
                .distinct()
                .forEach(name -> tallies.of(host.environment(name).name()));
        timers.watch(
                methods.methods()
                        .filter(method -> MethodRules.isTimer(method.method()))
                        .toList(),
                context);
        methods.methods()
                .filter(method -> method.otherwise() == Otherwise.FORWARD)
                .forEach(method -> {
                    CallReceiver here = receiver.orElseGet(() -> new CallReceiver(methods, form, beanManager, context));
                    receiver = Optional.of(here);
                    Environment environment = host.environment(method.environment());
                    here.receive(environment, method);
                    environment.subscribe(event -> {
                        if (event instanceof Takeover) {
                            here.receive(environment, method);
                        }
                    });
                });
    }

    @Override
    public Object call(InvocationContext invocation) throws Exception {
        MasterOnlyMethod method = methods.of(invocation.getTarget(), invocation.getMethod());
        Environment environment = host.environment(method.environment());
        Optional<ForwardedCall> forwarded = ForwardedCall.arriving(method);
        HeldMastership held;
        try {
            held = HeldMastership.enter(environment);
        } catch (ReplicationException e) {
            return forwarded.isPresent() ? refuse(forwarded.get(), e) : otherwise(environment, method, invocation, e);
        }
        forwarded.ifPresent(ForwardedCall::begin);
        return guarded.run(held, method, invocation, method.otherwise() == Otherwise.SKIP);
    }

    private static Object refuse(ForwardedCall forwarded, ReplicationException why) {
        forwarded.refuse();
        throw why;
    }

    private Object otherwise(
            Environment environment, MasterOnlyMethod method, InvocationContext invocation, ReplicationException why) {
        return switch (method.otherwise()) {
            case THROW -> throw why;
            case SKIP -> skipped(method, why);
            case FORWARD -> forwarder.forward(environment, method, invocation.getParameters());
        };
    }

    private static Object skipped(MasterOnlyMethod method, ReplicationException why) {
        LOG.log(Level.DEBUG, "USTDY-0875 {0} is skipped: {1}", method, why.getMessage());
        return Results.skipped(method.method());
    }

    @Override
    public Object tick(InvocationContext invocation) throws Exception {
        MasterOnlyMethod method = methods.of(invocation.getTarget(), invocation.getMethod());
        Environment environment = host.environment(method.environment());
        Optional<Tick> tick = timers.tick(method, invocation);
        HeldMastership held;
        try {
            held = HeldMastership.enter(environment);
        } catch (ReplicationException e) {
            tick.ifPresent(skipped -> timers.skip(method, skipped));
            return skipped(method, e);
        }
        Callable<Object> body = () -> guarded.run(held, method, invocation, true);
        return tick.isPresent() ? timers.run(method, tick.get(), held, body) : body.call();
    }

    /** The environments are closed: waits a while for calls that other sites have forwarded. */
    @Override
    public void close() {
        receiver.ifPresent(CallReceiver::close);
    }
}
