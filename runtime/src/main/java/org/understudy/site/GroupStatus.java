package org.understudy.site;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.understudy.CommitStatus;
import org.understudy.ConnectionStatus;
import org.understudy.EnvironmentConfig;
import org.understudy.LocalStatus;
import org.understudy.LogStatus;
import org.understudy.PreparedStatus;
import org.understudy.ProcessStatus;
import org.understudy.Role;
import org.understudy.SiteStatus;
import org.understudy.Status;
import org.understudy.TransferStatus;
import org.understudy.backend.RoleState;
import org.understudy.log.Ballot;
import org.understudy.log.Member;
import org.understudy.log.file.Log;
import org.understudy.protocol.ReplicaView;
import org.understudy.protocol.ReplicaView.PeerView;
import org.understudy.site.commit.CommitCounts;
import org.understudy.site.message.Messenger;
import org.understudy.store.Store;

/** Puts the status of a site in a group together from what its rooms tell of themselves. */
final class GroupStatus {

    /**
     * What only the event loop knows, at one moment.
     *
     * @param group this site's group, or {@link Ballot#NO_ID}
     * @param waiting commits that wait for acknowledgements
     * @param prepared branches that wait for a decision
     */
    record Picture(
            ReplicaView view,
            UUID group,
            int waiting,
            TransferStatus transfer,
            ConnectionStatus connections,
            PreparedStatus prepared) {}

    private final EnvironmentConfig config;
    private final UUID incarnation;
    private final Log log;
    private final Store store;
    private final Messenger messenger;

    GroupStatus(EnvironmentConfig config, Storage storage, Messenger messenger) {
        this.messenger = messenger;
        this.config = config;
        this.incarnation = storage.ballot().incarnation();
        this.log = storage.log();
        this.store = storage.store();
    }

    /** The status; {@code trouble} is why the site is of no use whatever the replica thinks. */
    Status of(Picture picture, RoleState role, CommitCounts counts, boolean responsive, Optional<String> trouble) {
        ReplicaView view = picture.view();
        return new Status(
                local(picture, role, responsive, trouble),
                view.members().members().stream()
                        .map(member -> site(member, view, role))
                        .toList(),
                new LogStatus(log.startLsn(), log.last().lsn(), log.bytes(), log.segments(), fallingBehind(view)),
                new CommitStatus(counts.written(), view.permFailed(), counts.conflicts(), picture.waiting()),
                view.elections(),
                picture.transfer(),
                picture.connections(),
                view.messages(),
                view.records(),
                view.lease(),
                messenger.status(),
                view.forwarding(),
                picture.prepared(),
                ProcessStatus.ofHolder(0));
    }

    private LocalStatus local(Picture picture, RoleState role, boolean responsive, Optional<String> trouble) {
        ReplicaView view = picture.view();
        String name = config.localSite().orElseThrow();
        Optional<Member> me = view.members().find(name, incarnation);
        Optional<String> unready = trouble.or(view::unready)
                .or(() -> responsive ? Optional.empty() : Optional.of("the event loop does not answer"));
        long applied = store.applied().lsn();
        return new LocalStatus(
                config.name(),
                Optional.of(name),
                me.map(member -> OptionalInt.of(member.siteId())).orElse(OptionalInt.empty()),
                incarnation,
                picture.group().equals(Ballot.NO_ID) ? Optional.empty() : Optional.of(picture.group()),
                role.role(),
                view.phase(),
                role.generation(),
                role.master(),
                view.last(),
                view.permanentLsn(),
                applied,
                log.forcedLsn(),
                Math.max(0, view.masterLsn() - applied),
                me.map(Member::priority).orElse(config.priority()),
                me.map(Member::view).orElse(config.view()),
                view.barred(),
                !store.failed() && trouble.isEmpty(),
                responsive,
                view.everStarted(),
                unready.isEmpty(),
                unready);
    }

    private SiteStatus site(Member member, ReplicaView view, RoleState role) {
        boolean local = config.localSite().filter(member.name()::equals).isPresent() && member.is(incarnation);
        boolean isMaster = role.master().filter(member.name()::equals).isPresent();
        Optional<PeerView> peer = view.peers().stream()
                .filter(found -> found.name().equals(member.name()))
                .findFirst();
        OptionalLong acked = role.role() == Role.MASTER && !local
                ? OptionalLong.of(peer.map(PeerView::ackedLsn).orElse(0L))
                : OptionalLong.empty();
        return new SiteStatus(
                member.name(),
                member.siteId(),
                local,
                member.state(),
                member.view(),
                member.priority(),
                isMaster
                        ? Optional.of(Role.MASTER)
                        : role.master().isPresent() ? Optional.of(Role.CLIENT) : Optional.empty(),
                local || peer.map(PeerView::connected).orElse(false),
                peer.map(PeerView::streaming).orElse(false),
                acked,
                acked.isPresent()
                        ? OptionalLong.of(Math.max(0, view.last().lsn() - acked.getAsLong()))
                        : OptionalLong.empty(),
                local ? OptionalLong.of(0) : lastHeard(peer));
    }

    private static OptionalLong lastHeard(Optional<PeerView> peer) {
        return peer.filter(found -> found.lastHeardMicrosAgo() >= 0)
                .map(found -> OptionalLong.of(found.lastHeardMicrosAgo() / 1000))
                .orElse(OptionalLong.empty());
    }

    private static List<String> fallingBehind(ReplicaView view) {
        return view.peers().stream()
                .filter(PeerView::fallingBehind)
                .map(PeerView::name)
                .toList();
    }
}
