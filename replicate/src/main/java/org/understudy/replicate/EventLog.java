package org.understudy.replicate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.understudy.event.ConnectionTryFailed;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.ElectionFailed;
import org.understudy.event.EventOrigin;
import org.understudy.event.JoinFailure;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.LogFilling;
import org.understudy.event.MasterFailure;
import org.understudy.event.PermFailed;
import org.understudy.event.PossibleLoss;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.RolledBack;
import org.understudy.event.SiteFallingBehind;
import org.understudy.event.SyncProgress;
import org.understudy.event.TakeoverFailed;
import org.understudy.event.WouldRollback;
import org.understudy.event.WriteFailed;

/** Writes a line for each event of the environment. */
final class EventLog {
    private static final Logger LOGGER = System.getLogger(EventLog.class.getName());
    private static final Set<Class<?>> WARNINGS = Set.of(
            DuplicateMaster.class,
            ElectionFailed.class,
            JoinFailure.class,
            LocalSiteRemoved.class,
            LogFilling.class,
            MasterFailure.class,
            PermFailed.class,
            PossibleLoss.class,
            RolledBack.class,
            SiteFallingBehind.class,
            TakeoverFailed.class,
            WouldRollback.class,
            WriteFailed.class);
    private static final Set<Class<?>> DULL = Set.of(ConnectionTryFailed.class, SyncProgress.class);

    private EventLog() {}

    /** Writes it: what asks for an operator as a warning, what comes again and again for those only who look closely. */
    static void log(ReplicationEvent event) {
        Level level = WARNINGS.contains(event.getClass())
                ? Level.WARNING
                : DULL.contains(event.getClass()) ? Level.DEBUG : Level.INFO;
        LOGGER.log(level, () -> line(event));
    }

    /** Its name and what it tells, where and when last. */
    static String line(ReplicationEvent event) {
        EventOrigin origin = event.origin();
        return "USTDY-0602 " + event.getClass().getSimpleName() + told(event) + " ["
                + origin.environment() + origin.site().map(site -> " " + site).orElse("") + "] at "
                + origin.generation() + "/" + origin.lsn();
    }

    private static List<String> told(ReplicationEvent event) {
        List<String> told = new ArrayList<>();
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            if (!component.getType().equals(EventOrigin.class)) {
                told.add(component.getName() + "=" + value(event, component));
            }
        }
        return told;
    }

    private static Object value(ReplicationEvent event, RecordComponent component) {
        try {
            return component.getAccessor().invoke(event);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("an event is a public record: " + event, e);
        }
    }
}
