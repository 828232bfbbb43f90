package org.understudy.sample.common.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import org.understudy.event.BecameMaster;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.ElectionFailed;
import org.understudy.event.JoinFailure;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.MasterFailure;
import org.understudy.event.NewMaster;
import org.understudy.event.PossibleLoss;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.RolledBack;
import org.understudy.event.StartupDone;
import org.understudy.event.WriteFailed;

/** Tells the terminal what changes at this site. */
@ApplicationScoped
public class Announcer {

    private static final Set<Class<? extends ReplicationEvent>> WORTH_TELLING = Set.of(
            BecameMaster.class,
            NewMaster.class,
            StartupDone.class,
            MasterFailure.class,
            ElectionFailed.class,
            DuplicateMaster.class,
            JoinFailure.class,
            LocalSiteRemoved.class,
            PossibleLoss.class,
            RolledBack.class,
            WriteFailed.class);

    @Inject
    EventText text;

    void tell(@Observes ReplicationEvent event) {
        if (WORTH_TELLING.contains(event.getClass())) {
            tell(text.of(event));
        }
    }

    /** Standard output is the launcher's; everything else goes to standard error. */
    public static void tell(News news) {
        System.out.println(news.line());
        System.out.flush();
    }
}
