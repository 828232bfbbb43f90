package org.understudy.cdi.telemetry;

import static org.understudy.cdi.telemetry.Figure.counter;
import static org.understudy.cdi.telemetry.Figure.time;
import static org.understudy.cdi.telemetry.Figure.whether;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.understudy.SiteStatus;
import org.understudy.Status;
import org.understudy.cdi.mastership.MasterOnlyCounts;

/** All figures of a site. */
final class Figures {

    /** The attribute that names the member in {@link #OF_MEMBERS}. */
    static final String MEMBER = "understudy.member";

    /** Those of a site as a whole. */
    static final List<Figure<Status>> OF_A_SITE = Stream.of(
                    in(SiteFigures.LOCAL, Status::local),
                    in(SiteFigures.LOG, Status::log),
                    in(SiteFigures.COMMITS, Status::commits),
                    in(SiteFigures.ELECTIONS, Status::elections),
                    in(TrafficFigures.TRANSFER, Status::transfer),
                    in(TrafficFigures.CONNECTIONS, Status::connections),
                    in(TrafficFigures.MESSAGES, Status::messages),
                    in(TrafficFigures.RECORDS, Status::records),
                    in(SiteFigures.LEASE, Status::lease),
                    in(TrafficFigures.CHANNELS, Status::channels),
                    in(TrafficFigures.FORWARDING, Status::forwarding),
                    in(SiteFigures.PREPARED, Status::prepared),
                    in(SiteFigures.PROCESS, Status::process),
                    SiteFigures.GROUP.stream())
            .flatMap(figures -> figures)
            .toList();

    /** Those of the application's methods that run on the master only. */
    static final List<Figure<MasterOnlyCounts>> OF_CALLS = List.of(
            counter(
                    "understudy.call.cut_off",
                    "{call}",
                    "",
                    "Calls of @MasterOnly methods that mastership left here: CallCutOff",
                    MasterOnlyCounts::callsCutOff),
            counter(
                    "understudy.tick.run",
                    "{tick}",
                    "",
                    "Ticks of EJB timers that began here",
                    MasterOnlyCounts::ticksRun),
            counter(
                    "understudy.tick.missed",
                    "{event}",
                    "",
                    "How often this site told of ticks that did not run whole: TickMissed",
                    MasterOnlyCounts::ticksMissed));

    /** Those of each other member, as the site sees it. */
    static final List<Figure<SiteStatus>> OF_MEMBERS = List.of(
            whether(
                    "understudy.member.connected",
                    "sites.connected",
                    "Whether it is connected to that member",
                    SiteStatus::connected),
            whether(
                    "understudy.member.streaming",
                    "sites.streaming",
                    "Whether that member is up to date with this master",
                    SiteStatus::streaming),
            new Figure<>(
                    "understudy.member.acked_lsn",
                    "{record}",
                    Figure.Kind.GAUGE,
                    "sites.ackedLsn",
                    "The last record that member has acknowledged to this master",
                    site -> boxed(site.ackedLsn())),
            new Figure<>(
                    "understudy.member.lag",
                    "{record}",
                    Figure.Kind.GAUGE,
                    "sites.lagRecords",
                    "How many of this master's records it has not",
                    site -> boxed(site.lagRecords())),
            time(
                    "understudy.member.silence",
                    "sites.lastHeardMillis",
                    "How long ago this site last heard from it",
                    site -> boxed(site.lastHeardMillis()).map(Duration::ofMillis)));

    private Figures() {}

    private static <T> Stream<Figure<Status>> in(List<Figure<T>> figures, Function<Status, T> part) {
        return figures.stream()
                .map(figure -> new Figure<>(
                        figure.name(),
                        figure.unit(),
                        figure.kind(),
                        figure.place(),
                        figure.description(),
                        figure.value().compose(part)));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }
}
