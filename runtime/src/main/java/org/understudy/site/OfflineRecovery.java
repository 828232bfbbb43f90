package org.understudy.site;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import org.understudy.ConfigurationException;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.RecoverAs;
import org.understudy.SiteState;
import org.understudy.Standing;
import org.understudy.log.Ballot;
import org.understudy.log.GenerationStart;
import org.understudy.log.GroupTerms;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.log.file.BallotFile;
import org.understudy.log.file.DiskDirectory;

/** Makes another site of a stopped one's home, or a group of its own (protocol.md §4.7, §6). */
final class OfflineRecovery {
    private static final Logger LOGGER = System.getLogger(OfflineRecovery.class.getName());

    /** So far above the old group's generations none of its elections will come. */
    private static final long GENERATION_GAP = 1L << 32;

    private final EnvironmentConfig config;
    private final Place place;
    private final String localSite;

    OfflineRecovery(EnvironmentConfig config) {
        this.config = config;
        this.place = Place.of(config);
        this.localSite = config.localSite()
                .orElseThrow(() -> refused("local-site is not set: name the site that is to be recovered"));
    }

    /** Does it, and returns up to where the home holds the old group's records. */
    Standing run(RecoverAs as) {
        Storage storage = Storage.openOffline(config);
        Standing kept;
        Ballot next;
        try {
            kept = storage.log().last();
            if (!storage.store().members().exists()) {
                throw refused("the home belongs to no group: open it as it is");
            }
            next = as == RecoverAs.GROUP_OF_ONE ? beginGroup(storage) : Ballot.first(UUID.randomUUID());
        } finally {
            storage.close();
        }
        new BallotFile(new DiskDirectory(config.home()), place).write(next);
        LOGGER.log(
                Level.WARNING,
                "USTDY-0328 [" + place + "] recovered as " + as + ": incarnation " + next.incarnation()
                        + ", records up to " + kept + " kept");
        return kept;
    }

    /** A mastership of its own that gives the group another id and leaves it this one site. */
    private Ballot beginGroup(Storage storage) {
        if (config.priority() == 0 || config.view()) {
            throw refused("priority=" + config.priority() + ", view=" + config.view()
                    + ": the one site of a group must be able to be master");
        }
        MemberTable before = storage.store().members();
        Standing last = storage.log().last();
        long generation = Math.max(last.generation(), storage.ballot().highestGeneration()) + GENERATION_GAP;
        UUID group = UUID.randomUUID();
        Ballot ballot =
                Ballot.first(UUID.randomUUID()).inGroup(group, localSite).seen(generation);
        Member only = new Member(
                before.nextSiteId(), localSite, ballot.incarnation(), SiteState.PRESENT, false, config.priority());
        MemberTable after =
                new MemberTable(group, before.nextSiteId() + 1, terms(before.terms()), List.of(only), List.of());
        GenerationStart start = new GenerationStart(only.siteId(), only.incarnation(), UUID.randomUUID());
        RecordBatch records = new RecordBatchBuilder()
                .add(generation, last.lsn() + 1, RecordKind.GENERATION, start.encode())
                .add(generation, last.lsn() + 2, RecordKind.MEMBERSHIP, new MembershipChange(before, after).encode())
                .build();
        storage.log().append(records);
        storage.log().force();
        storage.store().apply(records);
        return ballot;
    }

    /** The preferred master is not there any more. */
    private static GroupTerms terms(GroupTerms old) {
        return new GroupTerms(
                old.durability(),
                old.maxRecordBytes(),
                old.twoSiteStrict(),
                "",
                old.leaseMicros(),
                old.clockDriftPpm());
    }

    private ConfigurationException refused(String problem) {
        return new ConfigurationException(place, List.of(problem));
    }
}
