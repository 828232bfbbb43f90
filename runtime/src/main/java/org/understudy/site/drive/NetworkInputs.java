package org.understudy.site.drive;

import java.util.function.Supplier;
import org.understudy.net.TransportListener;
import org.understudy.protocol.Hello;
import org.understudy.protocol.Input;
import org.understudy.protocol.Message;
import org.understudy.protocol.Peer;

/** Turns what the transport tells into the replica's inputs; the drivers' own messages go to those who transfer. */
public final class NetworkInputs implements TransportListener {
    private final Driver driver;
    private final Supplier<Hello> hello;
    private CheckpointDuties checkpoints;

    /** {@code hello} is what this site says of itself. */
    public NetworkInputs(Driver driver, Supplier<Hello> hello) {
        this.driver = driver;
        this.hello = hello;
    }

    /** Says who transfers; before anything is heard. */
    public void begin(CheckpointDuties duties) {
        checkpoints = duties;
    }

    @Override
    public Hello hello() {
        return hello.get();
    }

    @Override
    public void connected(Peer peer, Hello said) {
        driver.input(new Input.Connected(peer, said.groupId(), said.can(Hello.FORWARDING)));
    }

    @Override
    public void disconnected(Peer peer, String reason) {
        checkpoints.lost(peer, reason);
        driver.input(new Input.Disconnected(peer, reason));
    }

    @Override
    public void connectFailed(String site, String reason) {
        driver.input(new Input.ConnectFailed(site, reason));
    }

    @Override
    public void received(Peer peer, Message message) {
        if (message instanceof Message.Transfer transfer) {
            checkpoints.received(peer, transfer);
        } else {
            driver.input(new Input.Received(peer, message));
        }
    }

    @Override
    public void bulkLost(Peer peer, String reason) {
        checkpoints.lost(peer, reason);
    }

    /** What is sent in bulk here is asked for piece by piece, so there is never much of it waiting. */
    @Override
    public void bulkDrained(Peer peer) {}
}
