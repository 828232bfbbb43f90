package org.understudy.sample.common.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.understudy.event.BecameClient;
import org.understudy.event.BecameMaster;
import org.understudy.event.ConnectionBroken;
import org.understudy.event.ConnectionEstablished;
import org.understudy.event.ConnectionTryFailed;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.Elected;
import org.understudy.event.ElectionFailed;
import org.understudy.event.ElectionStarted;
import org.understudy.event.InitDone;
import org.understudy.event.JoinFailure;
import org.understudy.event.LocalSiteRemoved;
import org.understudy.event.LogFilling;
import org.understudy.event.MasterFailure;
import org.understudy.event.NewMaster;
import org.understudy.event.PermFailed;
import org.understudy.event.PossibleLoss;
import org.understudy.event.ReplicationEvent;
import org.understudy.event.RolledBack;
import org.understudy.event.SiteAdded;
import org.understudy.event.SiteFallingBehind;
import org.understudy.event.SiteRemoved;
import org.understudy.event.StartupDone;
import org.understudy.event.SyncProgress;
import org.understudy.event.Takeover;
import org.understudy.event.WriteFailed;

/** Puts events into words, with the sites by their numbers. */
@ApplicationScoped
public class EventText {

    @Inject
    Directory directory;

    /** An event as news of the site it happened at. */
    public News of(ReplicationEvent event) {
        if (event instanceof BecameMaster e) {
            return new News(Tone.MASTER, "became master, generation " + e.generation());
        }
        if (event instanceof NewMaster e) {
            return new News(Tone.GOOD, "follows " + title(e.master()) + ", generation " + e.generation());
        }
        if (event instanceof StartupDone e) {
            return new News(Tone.GOOD, "caught up with its master, generation " + e.generation());
        }
        if (event instanceof MasterFailure e) {
            return new News(Tone.BAD, "lost its master, " + title(e.master()));
        }
        return election(event);
    }

    private News election(ReplicationEvent event) {
        if (event instanceof BecameClient) {
            return new News(Tone.PLAIN, "became client");
        }
        if (event instanceof ElectionStarted) {
            return new News(Tone.PLAIN, "began an election");
        }
        if (event instanceof Elected e) {
            return new News(Tone.GOOD, "was elected, generation " + e.generation());
        }
        if (event instanceof ElectionFailed e) {
            return new News(Tone.BAD, "held an election in vain: " + e.reason());
        }
        if (event instanceof DuplicateMaster e) {
            return new News(Tone.BAD, "yields to " + title(e.otherSite()) + ", generation " + e.generation());
        }
        return connection(event);
    }

    private News connection(ReplicationEvent event) {
        if (event instanceof ConnectionEstablished e) {
            return new News(Tone.GOOD, "is connected to " + title(e.peer()));
        }
        if (event instanceof ConnectionBroken e) {
            return new News(Tone.BAD, "lost its connection to " + title(e.peer()) + ": " + e.reason());
        }
        if (event instanceof ConnectionTryFailed e) {
            return new News(Tone.PLAIN, "can't reach " + title(e.peer()) + ": " + e.reason());
        }
        if (event instanceof SiteAdded e) {
            return new News(Tone.GOOD, "saw " + title(e.added()) + " join the group");
        }
        if (event instanceof SiteRemoved e) {
            return new News(Tone.PLAIN, "saw " + title(e.removed()) + " removed from the group");
        }
        if (event instanceof LocalSiteRemoved) {
            return new News(Tone.BAD, "was removed from the group");
        }
        if (event instanceof JoinFailure e) {
            return new News(Tone.BAD, "could not join: " + e.reason());
        }
        return data(event);
    }

    private static News data(ReplicationEvent event) {
        if (event instanceof PermFailed e) {
            return new News(
                    Tone.BAD,
                    "waited in vain for " + e.policy() + " acknowledgements of LSN "
                            + e.token().lsn());
        }
        if (event instanceof RolledBack e) {
            return new News(Tone.BAD, "undid LSN " + e.fromLsn() + " to " + e.toLsn() + ", which no majority had");
        }
        if (event instanceof SyncProgress e) {
            return new News(Tone.PLAIN, "is brought up to date: " + e.bytesDone() + " of " + e.bytesTotal() + " bytes");
        }
        if (event instanceof InitDone e) {
            return new News(Tone.GOOD, "took over a whole copy, up to LSN " + e.lsn());
        }
        if (event instanceof WriteFailed e) {
            return new News(Tone.BAD, "can't write to its disk: " + e.reason());
        }
        if (event instanceof PossibleLoss e) {
            return new News(Tone.BAD, "may have lost commits: " + e.reason());
        }
        if (event instanceof SiteFallingBehind e) {
            return new News(Tone.BAD, "soon keeps no more log for " + e.site());
        }
        if (event instanceof LogFilling e) {
            return e.stage() == LogFilling.Stage.RELIEVED
                    ? new News(Tone.GOOD, "has room in its log again")
                    : new News(Tone.BAD, "writes what no majority stores, up to the room in its log: " + e.stage());
        }
        if (event instanceof Takeover) {
            return new News(Tone.GOOD, "goes on in another process");
        }
        return new News(Tone.PLAIN, event.getClass().getSimpleName());
    }

    private String title(String site) {
        return directory.title(site);
    }
}
