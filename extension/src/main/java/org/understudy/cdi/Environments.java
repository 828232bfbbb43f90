package org.understudy.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.understudy.Channel;
import org.understudy.Codec;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.cdi.codec.CodecCatalog;
import org.understudy.cdi.config.ApplicationConfig;
import org.understudy.cdi.config.HealthConfig;
import org.understudy.cdi.health.EnvironmentHealth;
import org.understudy.cdi.health.HealthSource;
import org.understudy.cdi.jta.Jta;
import org.understudy.cdi.jta.JtaFinder;
import org.understudy.cdi.mastership.MasterOnlyCalls;
import org.understudy.cdi.mastership.MasterOnlyMethods;
import org.understudy.cdi.telemetry.Telemetry;

/**
 * All environments of an application. They are opened once, when the application context is up or when one of them is
 * first used, whichever is earlier, and closed once.
 */
final class Environments implements HealthSource {

    private static final Logger LOG = System.getLogger(Environments.class.getName());

    private enum State {
        NEW,
        OPENING,
        OPEN,
        CLOSED
    }

    private final ApplicationConfig config;
    private final BeanManager beanManager;
    private final ObserverCalls observers;
    private final MessageObservers messageObservers;
    private final ApplicationBeans beans;
    private final CodecCatalog codecs;
    private final MasterOnlyCalls masterOnly;
    private final Map<String, ManagedEnvironment> managed = new LinkedHashMap<>();
    private volatile Jta jta = Jta.NONE;
    private volatile State state = State.NEW;
    private Optional<Telemetry> telemetry = Optional.empty();

    Environments(
            ApplicationConfig config,
            BeanManager beanManager,
            MetadataObservers metadataObservers,
            MessageObservers messageObservers,
            MasterOnlyMethods masterOnlyMethods) {
        this.config = config;
        this.beanManager = beanManager;
        this.observers = new ObserverCalls(beanManager, metadataObservers);
        this.messageObservers = messageObservers;
        this.beans = new ApplicationBeans(beanManager);
        this.codecs = new CodecCatalog(beans, beans::json);
        this.masterOnly = new MasterOnlyCalls(
                new MasterOnlyHost(this, beanManager, observers), masterOnlyMethods, codecs, beanManager);
        config.environments().forEach((name, settings) -> managed.put(name, new ManagedEnvironment(settings)));
    }

    /** The codecs of this application. */
    CodecCatalog codecs() {
        return codecs;
    }

    /** The calls of methods that run on the master only. */
    MasterOnlyCalls masterOnly() {
        return masterOnly;
    }

    /**
     * Opens all environments, and has each join its group; does nothing the second time. If one fails, none is open.
     *
     * @throws IllegalStateException if it is called by what the application is asked for meanwhile
     */
    synchronized void open() {
        if (state == State.OPENING) {
            throw new IllegalStateException(
                    "The environments are just being opened, and ask for a bean that uses one of them"
                            + " while it is made: a DatabaseFilter or one of JTA's; have that bean use them later");
        }
        if (state != State.NEW) {
            return;
        }
        Executor context = ApplicationContext.capture();
        jta = foundJta();
        state = State.OPENING;
        try {
            openAll(context);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void openAll(Executor context) {
        Map<String, Environment> environments = new LinkedHashMap<>();
        for (ManagedEnvironment environment : managed.values()) {
            environment.open(
                    delivery(environment.name(), context),
                    messages(environment.name(), context),
                    new MessageParts(codecs),
                    beans.databaseFilter(),
                    jta.surroundings(
                            environment.name(), new OutcomeDelivery(environment.name(), beanManager, context)));
            environments.put(environment.name(), environment.environment());
        }
        state = State.OPEN;
        jta.opened(environments);
        masterOnly.open(context);
        managed.values().forEach(ManagedEnvironment::join);
    }

    private boolean isToBeOpened() {
        return state == State.NEW || state == State.OPENING;
    }

    private Jta foundJta() {
        return switch (config.jta()) {
            case JOIN -> JtaFinder.find(beanManager);
            case XA -> JtaFinder.findXa(beanManager);
            case OFF -> Jta.NONE;
        };
    }

    /** Has them measured, as long as they are open, where there is something to measure with. */
    synchronized void measure() {
        if (state == State.OPEN && telemetry.isEmpty()) {
            telemetry = Optional.of(Telemetry.start(
                    beanManager,
                    managed.values().stream()
                            .map(each -> each.measured(() -> masterOnly.counts(each.name())))
                            .toList()));
        }
    }

    /** What brings the events of an environment to the application. */
    EventDelivery delivery(String name, Executor context) {
        return new EventDelivery(name, beanManager, context, observers);
    }

    private MessageDelivery messages(String name, Executor context) {
        return new MessageDelivery(name, beanManager, context, observers, messageObservers.topics(name));
    }

    /** Closes all environments, each handing its mastership over first; does nothing the second time. */
    synchronized void close() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        end("recovery", jta::closing);
        telemetry.ifPresent(measuring -> end("the metrics", measuring::close));
        Deque<ManagedEnvironment> opened = new ArrayDeque<>();
        managed.values().forEach(opened::push);
        opened.forEach(ManagedEnvironment::close);
        end("forwarded calls", masterOnly::close);
        end("the application's beans", beans::close);
    }

    /** What others fail with is no reason to leave an environment open. */
    private static void end(String what, Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "USTDY-0813 " + what + " could not be ended cleanly", e);
        }
    }

    /** JTA as the environments join it, from before they are open. */
    Jta jta() {
        if (state == State.NEW) {
            open();
        }
        return jta;
    }

    /** An environment: the default one if the name is empty. */
    Environment get(String name) {
        String wanted = name.isEmpty() ? config.defaultName().orElse(name) : name;
        ManagedEnvironment environment = managed.get(wanted);
        if (environment == null) {
            throw new IllegalStateException("There is no environment \"" + wanted + "\" among those configured: "
                    + String.join(", ", managed.keySet()));
        }
        if (isToBeOpened()) {
            open(); // waits where another thread does
        }
        return environment.environment();
    }

    /** The database that the injection point asks for that it is made for. */
    Database<?, ?> database(CreationalContext<?> context) {
        InjectionPoint point = InjectionPlace.of(context, beanManager);
        String environment = Wishes.qualifier(point, EnvironmentName.class)
                .map(EnvironmentName::value)
                .orElse("");
        String name = Wishes.qualifier(point, DatabaseName.class)
                .map(DatabaseName::value)
                .orElse("");
        Type[] types = Wishes.databaseTypes(point.getType());
        return open(get(environment), name, codecs.forKeys(types[0]), codecs.forValues(types[1]));
    }

    /** The channel that the injection point asks for that it is made for. */
    Channel channel(CreationalContext<?> context) {
        ChannelWish wish = ChannelWish.of(InjectionPlace.of(context, beanManager));
        return wish.open(get(wish.environment().orElse("")));
    }

    private static <K, V> Database<K, V> open(Environment environment, String name, Codec<K> keys, Codec<V> values) {
        return environment.database(name, keys, values);
    }

    @Override
    public HealthConfig config() {
        return config.health();
    }

    @Override
    public List<EnvironmentHealth> environments() {
        return managed.values().stream()
                .map(each -> each.health(masterOnly.counts(each.name())))
                .toList();
    }
}
