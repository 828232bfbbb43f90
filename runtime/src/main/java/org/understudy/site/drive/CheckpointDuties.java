package org.understudy.site.drive;

import org.understudy.log.file.Log;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;
import org.understudy.site.transfer.CheckpointClient;
import org.understudy.site.transfer.CheckpointServer;
import org.understudy.site.transfer.Throttle;
import org.understudy.store.Lockout;
import org.understudy.store.Store;

/** Both sides of an initialisation: passes the drivers' own messages on, and installs what was fetched. On the loop. */
public final class CheckpointDuties {
    private final Log log;
    private final Store store;
    private final EventLoop loop;
    private final Driver driver;
    private final ClientWriter clientWriter;
    private final CheckpointServer server;
    private final CheckpointClient client;
    private final Throttle throttle;
    private volatile int installed;

    /** Joins a server and a client of checkpoints to this site's log and data. */
    public CheckpointDuties(
            Log log,
            Store store,
            EventLoop loop,
            Driver driver,
            ClientWriter clientWriter,
            CheckpointServer server,
            CheckpointClient client,
            Throttle throttle) {
        this.log = log;
        this.store = store;
        this.loop = loop;
        this.driver = driver;
        this.clientWriter = clientWriter;
        this.server = server;
        this.client = client;
        this.throttle = throttle;
    }

    /** What other sites send, and what they ask for; who is no member gets nothing but that answer. */
    public void received(Peer from, Message.Transfer message) {
        if (store.members().find(from.name(), from.incarnation()).isPresent()) {
            serve(from, message);
        } else if (message instanceof Message.CheckpointRequest request) {
            server.refuse(from, request, "site " + from + " is no member that is known here");
        }
        fetch(from, message);
    }

    private void serve(Peer from, Message.Transfer message) {
        driver.input(new Input.ServedCheckpoint(from));
        if (message instanceof Message.ChunkRequest request) {
            server.onChunkRequest(from, request);
        } else if (message instanceof Message.CheckpointRequest request) {
            throttle.forget(from);
            server.onRequest(from, request);
        } else if (message instanceof Message.CheckpointDone done) {
            server.onDone(from, done);
        }
    }

    private void fetch(Peer from, Message.Transfer message) {
        if (message instanceof Message.Chunk chunk) {
            client.onChunk(from, chunk);
        } else if (message instanceof Message.CheckpointOffer offer) {
            client.onOffer(from, offer);
        } else if (message instanceof Message.CheckpointFailed failed) {
            client.onFailed(from, failed);
        }
    }

    /** The connection to a site broke, or the one for bulk. */
    public void lost(Peer peer, String reason) {
        throttle.forget(peer);
        client.lost(peer, reason);
    }

    /** The fetching side. */
    public CheckpointClient client() {
        return client;
    }

    /**
     * Puts the fetched checkpoint in the environment's place. The store remembers that the log is to be reset until it
     * is, so that a crash in between is made good when the home is opened.
     */
    public void install() {
        clientWriter.inOrder(() -> {
            Lockout lockout = store.lockOut();
            try {
                store.replaceWith(client.folder());
                log.reset(store.applied());
                store.resetDone();
                installed++;
                Input done =
                        new Input.Initialised(store.applied(), store.history(), store.members(), store.permanentLsn());
                clientWriter.groupMayHaveChanged();
                loop.execute(() -> {
                    client.letGo();
                    // Reads go on once the event is queued.
                    driver.input(done);
                    lockout.close();
                });
            } catch (RuntimeException e) {
                lockout.close();
                throw e;
            }
        });
    }

    /** How many copies were taken over since the environment was opened. */
    public int installed() {
        return installed;
    }
}
