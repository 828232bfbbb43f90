package org.understudy.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.understudy.Standing;
import org.understudy.log.GenerationHistory;
import org.understudy.log.Member;
import org.understudy.log.RecordBatch;

/** A master's shipping of records: who streams, from where, and who has fallen behind (protocol.md §3, §5). */
final class Streams {
    /** A site this few records behind at the start of a mastership streams at once. */
    private static final long NEAR_RECORDS = 1_000;

    /** But no more than a part of the send buffer, if records are of this size. */
    private static final long NEAR_RECORD_BYTES = 4 << 10;

    /** Later on, one this many bytes behind: what it lacks is read and sent on the event loop. */
    private static final long NEAR_BYTES = 4 << 20;

    private final ReplicaContext context;
    private final long generation;
    private final UUID mastershipId;
    private final RecentBytes recent;
    private final RecentBytes near;
    private final Map<String, Stream> byName = new TreeMap<>();
    private long nextNumber = 1;

    Streams(ReplicaContext context, long generation, UUID mastershipId) {
        this.context = context;
        this.generation = generation;
        this.mastershipId = mastershipId;
        this.recent = new RecentBytes(context.settings.sync().sendBufferBytes(), context.last.lsn());
        this.near =
                new RecentBytes(Math.min(NEAR_BYTES, context.settings.sync().sendBufferBytes()), context.last.lsn());
    }

    /** The stream of this site, or null: asked for at every acknowledgement. */
    Stream find(String name) {
        return byName.get(name);
    }

    /** What this site acknowledged in this generation; 0 when it never streamed. */
    long ackedLsn(String name) {
        Stream stream = byName.get(name);
        return stream == null ? 0 : stream.ackedLsn;
    }

    /** Whether everybody who streams has acknowledged this. */
    boolean allHave(long lsn) {
        return byName.values().stream().noneMatch(stream -> stream.live && stream.ackedLsn < lsn);
    }

    boolean isLive(String name) {
        Stream stream = byName.get(name);
        return stream != null && stream.live;
    }

    /** Whether a site streams and stands for election: it can be handed mastership if its entry says so, too. */
    boolean stands(String name) {
        return isLive(name) && byName.get(name).stands;
    }

    /** Ships what was just appended behind {@code previous} to everyone who streams. */
    void ship(Standing previous, RecordBatch records) {
        recent.add(records.lastLsn(), records.length());
        near.add(records.lastLsn(), records.length());
        for (Stream stream : byName.values()) {
            if (!stream.live) {
                continue;
            }
            if (isTooFarBehind(stream)) {
                context.send(stream.peer, new Message.StreamEnded(generation, stream.number));
                end(stream);
            } else {
                context.send(stream.peer, append(stream.number, previous, records));
            }
        }
    }

    private boolean isTooFarBehind(Stream stream) {
        return recent.startLsn() > stream.begunAtLsn && stream.ackedLsn < recent.startLsn();
    }

    private Message.Append append(long stream, Standing previous, RecordBatch records) {
        return new Message.Append(
                generation, mastershipId, stream, previous, records, context.permanentLsn, context.last.lsn());
    }

    /** Answers where the two logs part, and begins a stream there if the site is near enough. */
    void verify(Peer from, Message.VerifyRequest request) {
        if (context.history.contradicts(request.history())) {
            context.panic("site " + from + " and this site know different masterships of one generation: two masters"
                    + " have been, or a directory was copied back over a site; restore one of them as a new site");
            return;
        }
        long match = GenerationHistory.matchPoint(
                context.history,
                context.last.lsn(),
                request.history(),
                request.last().lsn());
        long nearRecords = Math.min(NEAR_RECORDS, context.settings.sync().sendBufferBytes() / NEAR_RECORD_BYTES);
        boolean isNear = match >= near.startLsn() - nearRecords;
        boolean streams = match == request.last().lsn() && match + 1 >= context.logStartLsn && isNear;
        long number = streams ? nextNumber++ : 0;
        context.send(
                from,
                new Message.VerifyAnswer(
                        request.request(),
                        generation,
                        mastershipId,
                        context.history,
                        match,
                        context.logStartLsn,
                        context.last.lsn(),
                        context.permanentLsn,
                        number,
                        everAckedLsn(from)));
        if (streams) {
            byName.put(from.name(), new Stream(from, number, context.last.lsn(), everAckedLsn(from), request.stands()));
            shipBacklog(from, number, match);
        }
    }

    /** What this very incarnation has acknowledged in this mastership, on whichever stream: a site that lost it is barred (§2.3). */
    private long everAckedLsn(Peer peer) {
        Stream stream = byName.get(peer.name());
        return stream == null || !stream.peer.equals(peer) ? 0 : Math.max(stream.ackedBeforeLsn, stream.ackedLsn);
    }

    private void shipBacklog(Peer to, long number, long match) {
        if (match < context.last.lsn()) {
            context.emit(new Effect.ShipFromLog(
                    to,
                    generation,
                    mastershipId,
                    number,
                    context.history.standingAt(match),
                    context.last.lsn(),
                    context.permanentLsn));
        }
    }

    /** Whether an acknowledgement moved a count. */
    boolean onAck(Peer from, Message.Ack ack) {
        Stream stream = byName.get(from.name());
        if (stream == null || !stream.peer.equals(from)) {
            return false;
        }
        boolean counts =
                context.rules.countsAck(ack.generation() == generation, stream.live && ack.stream() == stream.number);
        if (!counts || ack.lsn() <= stream.ackedLsn) {
            return false;
        }
        stream.ackedLsn = Math.min(ack.lsn(), context.last.lsn());
        return true;
    }

    void lost(String name) {
        Stream stream = byName.get(name);
        if (stream != null && stream.live) {
            end(stream);
        }
    }

    private void end(Stream stream) {
        stream.live = false;
        stream.lostAtMicros = context.now;
    }

    /** Whether this very incarnation of a site streams, or did a moment ago (protocol.md §1, connected). */
    boolean wasLiveLately(Member member) {
        Stream stream = byName.get(member.name());
        return stream != null
                && stream.peer.incarnation().equals(member.incarnation())
                && (stream.live
                        || context.now - stream.lostAtMicros
                                < context.settings.times().connectionGraceMicros());
    }

    /** Ends the streams of sites that are in the table no more, and tells them: one that joins anew verifies anew. */
    void forgetStrangers() {
        for (Stream stream : List.copyOf(byName.values())) {
            if (context.memberOf(stream.peer).isEmpty()) {
                context.send(stream.peer, new Message.StreamEnded(generation, stream.number));
                byName.remove(stream.peer.name());
            }
        }
    }

    /** Tells idle streams of the permanent LSN; records carry it otherwise. */
    void announcePermanent() {
        for (Stream stream : byName.values()) {
            if (stream.live) {
                context.send(
                        stream.peer, new Message.PermanentAdvance(generation, stream.number, context.permanentLsn));
            }
        }
    }

    /** The site to hand mastership to where none is named: highest priority, then most acknowledged, then name. */
    Optional<Member> bestSuccessor() {
        return context.otherVoters().stream()
                .filter(Member::isElectable)
                .filter(member -> stands(member.name()))
                .max((one, other) -> {
                    int byAcked = Long.compare(ackedLsn(one.name()), ackedLsn(other.name()));
                    int byPriority = Integer.compare(one.priority(), other.priority());
                    return byPriority != 0
                            ? byPriority
                            : byAcked != 0 ? byAcked : one.name().compareTo(other.name());
                });
    }
}
