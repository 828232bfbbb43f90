package org.understudy.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.understudy.EnvironmentConfig;
import org.understudy.Place;
import org.understudy.SiteAddress;
import org.understudy.Standing;
import org.understudy.TransferStatus;
import org.understudy.UnavailableException;
import org.understudy.log.Ballot;
import org.understudy.log.file.Log;
import org.understudy.net.Transport;
import org.understudy.protocol.ConnectionKind;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.protocol.Recovered;
import org.understudy.protocol.Replica;
import org.understudy.protocol.ReplicaView;
import org.understudy.site.commit.AckWaiters;
import org.understudy.site.commit.AppendedBatch;
import org.understudy.site.commit.EarlyForce;
import org.understudy.site.commit.Tail;
import org.understudy.site.drive.CheckpointDuties;
import org.understudy.site.drive.ClientWriter;
import org.understudy.site.drive.DiskWatch;
import org.understudy.site.drive.Driver;
import org.understudy.site.drive.EffectCarrier;
import org.understudy.site.drive.EventLoop;
import org.understudy.site.drive.ForwardDuties;
import org.understudy.site.drive.LogDuties;
import org.understudy.site.drive.LogTrimmer;
import org.understudy.site.drive.NetworkInputs;
import org.understudy.site.drive.TailDuties;
import org.understudy.site.message.Messenger;
import org.understudy.site.thread.Worker;
import org.understudy.site.transfer.CheckpointClient;
import org.understudy.site.transfer.CheckpointServer;
import org.understudy.site.transfer.Throttle;
import org.understudy.store.Store;
import org.understudy.thread.Stage;

/** The rooms of a site in a group, built and joined here, and taken down in order. */
final class GroupRooms {
    private static final Duration ENDING = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private final EnvironmentConfig config;
    private final Place place;
    private final Ballot ballot;
    private final Log log;
    private final Store store;
    private final Worker writer;
    private final Housekeeping housekeeping;
    private final EventLoop loop;
    private final Driver driver;
    private final Tail tail;
    private final EarlyForce earlyForce;
    private final LogTrimmer trimmer;
    private final AckWaiters waiters;
    private final Transport transport;
    private final Throttle throttle;
    private final LogDuties logDuties;
    private final CheckpointServer checkpointServer;
    private final CheckpointDuties checkpoints;
    private final EffectCarrier carrier;
    private final Worker forwarding;
    private volatile long newestSegmentLsn;
    private CompletableFuture<Void> listening;

    GroupRooms(EnvironmentConfig config, Storage storage, GroupSite site, Messenger messenger) {
        this.config = config;
        this.place = Place.of(config);
        this.ballot = storage.ballot();
        this.log = storage.log();
        this.store = storage.store();
        Path served = storage.home().resolve("checkpoints");
        Path fetched = storage.home().resolve("incoming");
        this.writer = new Worker("understudy-" + config.name() + "-writer");
        this.loop = EventLoop.start();
        this.driver = new Driver(
                loop, new Replica(GroupSettings.replica(config), recovered(), new Random()), config.clockDriftPpm());
        this.trimmer =
                new LogTrimmer(log, store, config, this::pinnedLsn, start -> driver.post(new Input.Trimmed(start)));
        this.housekeeping = new Housekeeping(place, storage, () -> {
            driver.post(trimmer.question());
            driver.post(trimmer.room());
        });
        this.tail = new Tail(place, log, store, writer, site, site::notMaster);
        NetworkInputs network = new NetworkInputs(driver, this::hello);
        this.transport =
                new Transport(loop.vertx(), loop.context(), GroupSettings.transport(config), network, messenger);
        messenger.begin(transport.messages(), () -> site.role().master());
        BiConsumer<Peer, Message> sender = (peer, message) -> loop.execute(() -> transport.send(peer, message));
        Worker keeper = housekeeping.worker();
        this.earlyForce = new EarlyForce(log, keeper, site::fail);
        ClientWriter clientWriter = new ClientWriter(log, store, writer, driver, earlyForce, site::fail);
        this.waiters = new AckWaiters(
                place,
                (token, policy, acked, elsewhere) ->
                        driver.input(new Input.AckFailed(token, policy, acked, elsewhere)));
        TailDuties tailDuties = new TailDuties(
                tail,
                store,
                writer,
                driver,
                clientWriter,
                waiters,
                site::notMaster,
                () -> Commits.late(place),
                permanentLsn -> Commits.noRoom(place, permanentLsn));
        this.throttle = new Throttle(config.transferLimitBytes(), System::nanoTime, loop::timer, transport::send);
        this.logDuties = new LogDuties(
                log,
                store,
                storage.ballotFile(),
                writer,
                keeper,
                loop,
                driver,
                clientWriter,
                transport,
                throttle,
                trimmer,
                site::fail);
        this.checkpointServer = new CheckpointServer(
                place, served, log, store, keeper, (peer, message) -> loop.execute(() -> throttle.send(peer, message)));
        CheckpointClient client = new CheckpointClient(place, fetched, keeper, loop::execute, sender, driver::input);
        this.checkpoints =
                new CheckpointDuties(log, store, loop, driver, clientWriter, checkpointServer, client, throttle);
        network.begin(checkpoints);
        this.forwarding = new Worker("understudy-" + config.name() + "-forwarding");
        ForwardDuties forwards = new ForwardDuties(
                tail,
                forwarding,
                policy -> config.refuseUnreplicated() && waiters.outOfReach(policy),
                driver::post,
                config.ackTimeout(),
                config.forwardRetention());
        this.carrier = new EffectCarrier(
                place,
                ballot.hasGroup()
                        ? ballot.groupId()
                        : GroupSettings.founding(config).groupId(),
                transport,
                clientWriter,
                tailDuties,
                logDuties,
                checkpoints,
                forwards,
                site,
                new DiskWatch(log::oldestWorkNanos, config.diskStallTimeout().toNanos() / 1000),
                driver);
        driver.begin(carrier);
        client.recover();
        housekeeping.alsoDo(checkpointServer::expire);
        housekeeping.start(tail::exclusively);
    }

    private Recovered recovered() {
        return new Recovered(
                ballot, log.last(), log.startLsn(), store.history(), store.members(), store.permanentLsn());
    }

    private Hello hello() {
        return new Hello(
                Hello.VERSION,
                Hello.FEATURES,
                config.group(),
                carrier.group(),
                config.localSite().orElseThrow(),
                "",
                ballot.incarnation(),
                ConnectionKind.MAIN);
    }

    Tail tail() {
        return tail;
    }

    Driver driver() {
        return driver;
    }

    AckWaiters waiters() {
        return waiters;
    }

    /** The id of this site's group, or {@link Ballot#NO_ID}. */
    UUID group() {
        return carrier.group();
    }

    EventLoop loop() {
        return loop;
    }

    Standing last() {
        return log.last();
    }

    /** Records of this master are in the operating system's hands. Any thread. */
    void appended(AppendedBatch batch) {
        driver.appended(batch);
        earlyForce.appended();
        long newest = log.firstLsnWithin(0);
        if (newest != newestSegmentLsn) {
            newestSegmentLsn = newest; // two threads may both see it: then it is asked twice
            driver.post(trimmer.room());
        }
    }

    void savePermanent(long lsn) {
        store.savePermanent(lsn);
        housekeeping.permanent(lsn);
    }

    /** Listens where the others reach this site, once. */
    synchronized CompletionStage<Void> listen() {
        if (listening == null || listening.isCompletedExceptionally()) {
            SiteAddress address = SiteAddress.parse(
                    config.listenAddress().or(config::localSite).orElseThrow());
            CompletableFuture<Void> stage = new Stage<>();
            transport
                    .listen(address.host(), address.port())
                    .onComplete(
                            port -> stage.completeAsync(() -> null),
                            failure -> Requests.fail(
                                    stage,
                                    new UnavailableException(place, "This site " + failure.getMessage(), failure)));
            listening = stage;
        }
        return listening;
    }

    /** What the loop knows. On the loop. */
    GroupStatus.Picture picture() {
        ReplicaView view = driver.view();
        CheckpointClient client = checkpoints.client();
        TransferStatus transfer = new TransferStatus(
                view.phase(),
                client.bytesDone(),
                client.bytesTotal(),
                logDuties.rolledBackRecords(),
                checkpoints.installed(),
                throttle.rangesSent(),
                throttle.chunksSent(),
                throttle.waits());
        UUID group = carrier.group();
        return new GroupStatus.Picture(
                view, group, waiters.count(), transfer, transport.status(), housekeeping.prepared());
    }

    private long pinnedLsn() {
        return checkpointServer.pinnedLsn();
    }

    /** Takes part in nothing any more. On the loop. */
    CompletionStage<Void> halt(String reason) {
        driver.stop();
        waiters.abandon(reason);
        return transport.close(reason).toCompletionStage();
    }

    /** Ends everything, the threads last; {@code lastly} is run on the loop. */
    void close(String reason, Runnable lastly) {
        CompletableFuture<Void> gone = new Stage<>();
        loop.execute(() -> {
            halt(reason).whenComplete((nothing, failure) -> gone.complete(nothing));
            lastly.run();
        });
        tail.settle();
        forwarding.close(ENDING);
        writer.close(ENDING);
        housekeeping.worker().close(ENDING);
        loop.close(gone);
    }
}
