package org.understudy.protocol;

/** Forwarded writes, from both ends (protocol.md §9). */
final class Forwarding {
    private final ForwardServer server;
    private final ForwardClient client;

    Forwarding(ReplicaContext context, Roles roles) {
        server = new ForwardServer(context, roles);
        client = new ForwardClient(context, roles, server);
        server.answerSelf(this::receiveAnswer);
    }

    void take(Input.OfForwarding input) {
        if (input instanceof Input.ForwardWrite write) {
            client.begin(write);
        } else if (input instanceof Input.ForwardedCommitEnded ended) {
            server.ended(ended);
        } else if (input instanceof Input.ForwardSessionOpened opened) {
            server.opened(opened);
        }
    }

    void receive(Peer from, Message message) {
        if (message instanceof Message.Forward forward) {
            server.onForward(from, forward);
        } else if (message instanceof Message.OpenSession open) {
            server.onOpenSession(from, open);
        } else {
            receiveAnswer(message);
        }
    }

    private void receiveAnswer(Message message) {
        if (message instanceof Message.Forwarded forwarded) {
            client.onAnswer(forwarded);
        } else if (message instanceof Message.SessionOpened opened) {
            client.onSessionOpened(opened);
        }
    }

    /** Goes on with what waits. */
    void advance() {
        server.advance();
        client.advance();
    }

    long deadline() {
        return client.deadline();
    }
}
