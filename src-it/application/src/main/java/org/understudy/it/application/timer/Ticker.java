package org.understudy.it.application.timer;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ScheduleExpression;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;

/** Ticks every other second, on every site; the ticks run on the master. */
@Singleton
@Startup
public class Ticker {

    @Inject
    @ConfigProperty(name = "application.timer", defaultValue = "false")
    boolean wanted;

    @Inject
    Mastership mastership;

    @Inject
    TickLog log;

    /** Other tests are left in peace; and WildFly's profile of theirs has no timers to inject. */
    @PostConstruct
    void start() {
        if (wanted) {
            timers().createCalendarTimer(
                            new ScheduleExpression().hour("*").minute("*").second("*/2"), new TimerConfig(null, false));
        }
    }

    private static TimerService timers() {
        try {
            return InitialContext.doLookup("java:comp/TimerService");
        } catch (NamingException e) {
            throw new IllegalStateException("this server has no timers", e);
        }
    }

    /** Writes down when it was due and in which generation it ran. */
    @Timeout
    @MasterOnly
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    void tick(Timer timer) {
        log.ran(mastership.generation());
    }
}
