package org.understudy.it.openwebbeans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.understudy.Channel;
import org.understudy.ChannelMessage;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Status;
import org.understudy.cdi.DatabaseName;
import org.understudy.cdi.EnvironmentName;
import org.understudy.cdi.ToMaster;
import org.understudy.cdi.Topic;
import org.understudy.event.ReplicationEvent;

/** A bean with everything that can be injected, which observes everything there is to observe. */
@ApplicationScoped
public class Desk {

    private final List<ReplicationEvent> atOnce = new CopyOnWriteArrayList<>();
    private final List<ReplicationEvent> later = new CopyOnWriteArrayList<>();
    private final List<ClassLoader> contexts = new CopyOnWriteArrayList<>();
    private volatile boolean openAtStartup;

    @Inject
    Environment environment;

    @Inject
    @EnvironmentName("ledger")
    Environment qualified;

    @Inject
    @Named("ledger")
    Environment named;

    @Inject
    @DatabaseName("quotes")
    Database<String, Quote> quotes;

    @Inject
    @ToMaster
    @Topic("greet")
    Channel master;

    @Inject
    Instance<Status> status;

    void start(@Observes Startup event) {
        openAtStartup = environment.status().local().writable();
    }

    void hear(@Observes @EnvironmentName("default") ReplicationEvent event) {
        atOnce.add(event);
        contexts.add(Thread.currentThread().getContextClassLoader());
    }

    void hearLater(@ObservesAsync @EnvironmentName("default") ReplicationEvent event) {
        later.add(event);
    }

    void greet(@Observes @Topic("greet") ChannelMessage message) {
        message.reply("hello " + message.text());
    }

    /** What was heard at once. */
    public List<ReplicationEvent> atOnce() {
        return atOnce;
    }

    /** What was heard asynchronously. */
    public List<ReplicationEvent> later() {
        return later;
    }

    /** The class loaders of the threads that brought what was heard at once. */
    public List<ClassLoader> contexts() {
        return contexts;
    }

    /** Whether the environment was open when the application started. */
    public boolean wasOpenAtStartup() {
        return openAtStartup;
    }

    /** The names of the environments, however they were injected. */
    public List<String> environments() {
        return List.of(environment.name(), qualified.name(), named.name());
    }

    /** Sets a price. */
    public void put(String symbol, long cents) {
        environment.write(transaction -> quotes.put(transaction, symbol, new Quote(symbol, cents)));
    }

    /** A price; -1 if there is none. */
    public long price(String symbol) {
        return quotes.get(symbol).map(Quote::cents).orElse(-1L);
    }

    /** What the master answers to a greeting. */
    public String greetMaster() {
        return master.request("from OpenWebBeans").text();
    }

    /** What the site is at this moment. */
    public Status status() {
        return status.get();
    }
}
