package org.understudy.cdi.telemetry;

import static org.understudy.cdi.telemetry.Figure.counter;
import static org.understudy.cdi.telemetry.Figure.gauge;
import static org.understudy.cdi.telemetry.Figure.time;
import static org.understudy.cdi.telemetry.Figure.whether;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.understudy.CommitStatus;
import org.understudy.ElectionStatus;
import org.understudy.LeaseStatus;
import org.understudy.LocalStatus;
import org.understudy.LogStatus;
import org.understudy.PreparedStatus;
import org.understudy.ProcessStatus;
import org.understudy.Role;
import org.understudy.Status;

/** What a site is, what it holds and what was committed at it. */
final class SiteFigures {

    static final List<Figure<LocalStatus>> LOCAL = List.of(
            whether(
                    "understudy.site.ready",
                    "local.ready",
                    "Whether the site is of use to its application",
                    LocalStatus::ready),
            whether(
                    "understudy.site.master",
                    "local.role",
                    "Whether the site is master",
                    local -> local.role() == Role.MASTER),
            whether(
                    "understudy.site.writable",
                    "local.writable",
                    "Whether its storage takes writes",
                    LocalStatus::writable),
            whether(
                    "understudy.site.responsive",
                    "local.responsive",
                    "Whether its threads do what they are asked to",
                    LocalStatus::responsive),
            gauge(
                    "understudy.site.generation",
                    "{generation}",
                    "local.generation",
                    "The highest generation it has seen",
                    LocalStatus::generation),
            gauge(
                    "understudy.site.priority",
                    "1",
                    "local.priority",
                    "Its priority in elections",
                    LocalStatus::priority),
            gauge("understudy.log.lsn", "{record}", "local.standing", "Its last record", local -> local.standing()
                    .lsn()),
            gauge(
                    "understudy.log.permanent_lsn",
                    "{record}",
                    "local.permanentLsn",
                    "Its permanent LSN",
                    LocalStatus::permanentLsn),
            gauge(
                    "understudy.log.applied_lsn",
                    "{record}",
                    "local.appliedLsn",
                    "The last record that is readable",
                    LocalStatus::appliedLsn),
            gauge(
                    "understudy.log.forced_lsn",
                    "{record}",
                    "local.forcedLsn",
                    "The last record known to be on its disk",
                    LocalStatus::forcedLsn),
            gauge(
                    "understudy.log.lag",
                    "{record}",
                    "local.lagRecords",
                    "How many of the master's records are not applied here",
                    LocalStatus::lagRecords));

    static final List<Figure<Status>> GROUP = List.of(
            gauge(
                    "understudy.group.participants",
                    "{site}",
                    "participants",
                    "Members that vote and acknowledge",
                    Status::participants),
            gauge("understudy.group.views", "{site}", "views", "Members that are views", Status::views));

    static final List<Figure<LogStatus>> LOG = List.of(
            gauge(
                    "understudy.log.start_lsn",
                    "{record}",
                    "log.startLsn",
                    "The oldest record kept",
                    LogStatus::startLsn),
            gauge("understudy.log.size", "By", "log.bytes", "The size of the log's segments", LogStatus::bytes),
            gauge(
                    "understudy.log.segments",
                    "{segment}",
                    "log.segments",
                    "The number of the log's segments",
                    LogStatus::segments));

    static final List<Figure<CommitStatus>> COMMITS = List.of(
            counter(
                    "understudy.commit.count",
                    "{commit}",
                    "commits.committed",
                    "Commits that wrote something",
                    CommitStatus::committed),
            counter(
                    "understudy.commit.perm_failed",
                    "{commit}",
                    "commits.permFailed",
                    "Commits whose policy was not met in time",
                    CommitStatus::permFailed),
            counter(
                    "understudy.commit.conflicts",
                    "{transaction}",
                    "commits.conflicts",
                    "Transactions refused because of another",
                    CommitStatus::conflicts),
            gauge(
                    "understudy.commit.waiting",
                    "{commit}",
                    "commits.waiting",
                    "Commits that wait for their policy",
                    CommitStatus::waiting));

    static final List<Figure<PreparedStatus>> PREPARED = List.of(
            gauge(
                    "understudy.prepared.undecided",
                    "{transaction}",
                    "prepared.undecided",
                    "Prepared transactions that wait for a decision",
                    PreparedStatus::undecided),
            gauge(
                    "understudy.prepared.by_hand",
                    "{transaction}",
                    "prepared.byHand",
                    "Those decided by hand that are not forgotten yet",
                    PreparedStatus::byHand));

    static final List<Figure<ProcessStatus>> PROCESS = List.of(
            whether(
                    "understudy.process.subordinate",
                    "process.subordinate",
                    "Whether it goes through another one that has the home",
                    ProcessStatus::subordinate),
            gauge(
                    "understudy.process.subordinates",
                    "{environment}",
                    "process.subordinates",
                    "How many go through the one that has the home",
                    ProcessStatus::subordinates));

    static final List<Figure<ElectionStatus>> ELECTIONS = List.of(
            counter(
                    "understudy.election.held",
                    "{election}",
                    "elections.held",
                    "Elections the site began",
                    ElectionStatus::held),
            counter(
                    "understudy.election.won",
                    "{election}",
                    "elections.won",
                    "Elections the site won",
                    ElectionStatus::won),
            counter(
                    "understudy.election.lost",
                    "{election}",
                    "elections.lost",
                    "Elections it began and did not win",
                    ElectionStatus::lost),
            whether(
                    "understudy.election.running",
                    "elections.running",
                    "Whether it takes part in one",
                    ElectionStatus::running),
            time(
                    "understudy.election.last_won.duration",
                    "elections.lastWon.durationMillis",
                    "How long the last one it won took",
                    SiteFigures::lastWon),
            counter(
                    "understudy.master.changes",
                    "{change}",
                    "elections.masterChanges",
                    "How often it learnt of a new master",
                    ElectionStatus::masterChanges),
            counter(
                    "understudy.master.duplicates",
                    "{event}",
                    "elections.duplicateMasters",
                    "How often it was master and found another",
                    ElectionStatus::duplicateMasters));

    static final List<Figure<LeaseStatus>> LEASE = List.of(
            time(
                    "understudy.lease.length",
                    "lease.length",
                    "The group's lease; 0 without",
                    lease -> Optional.of(lease.length())),
            time(
                    "understudy.lease.held",
                    "lease.held",
                    "For how much longer this master holds one",
                    lease -> Optional.of(lease.held())),
            time(
                    "understudy.lease.promised",
                    "lease.promised",
                    "For how much longer it votes for nobody else",
                    lease -> Optional.of(lease.promised())));

    private SiteFigures() {}

    private static Optional<Duration> lastWon(ElectionStatus elections) {
        return elections.lastWon().map(won -> Duration.ofMillis(won.durationMillis()));
    }
}
