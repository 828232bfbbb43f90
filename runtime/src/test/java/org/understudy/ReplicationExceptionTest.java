package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReplicationExceptionTest {

    private static final Place PLACE = new Place("orders", Optional.of("node1:7000"));
    private static final CommitToken TOKEN = new CommitToken(new UUID(1, 2), 3, 4);

    @Test
    void a_message_names_the_environment_and_the_site() {
        UnavailableException exception = new UnavailableException(PLACE, "No master was found; start another site");
        assertThat(exception).hasMessage("[orders@node1:7000] No master was found; start another site");
        assertThat(exception.environment()).isEqualTo("orders");
        assertThat(exception.site()).contains("node1:7000");
    }

    @Test
    void without_a_site_a_message_names_the_environment_alone() {
        Place local = Place.of(EnvironmentConfig.builder(Path.of("home")).build());
        assertThat(new EnvironmentClosedException(local, "It is closed").getMessage())
                .isEqualTo("[default] It is closed");
    }

    @Test
    void only_what_surely_did_nothing_or_may_move_on_is_retriable() {
        assertThat(List.of(
                        new ConflictException(PLACE, "x"),
                        new NotMasterException(PLACE, Optional.empty()),
                        new InsufficientSitesException(PLACE, "x"),
                        new UnavailableException(PLACE, "x"),
                        new LockoutException(PLACE, "x"),
                        new NoHandlerException(PLACE, "b:1", "jobs"),
                        new SnapshotTooOldException(PLACE, Duration.ofMinutes(1)),
                        new SnapshotLostException(PLACE, "x")))
                .allMatch(ReplicationException::isRetriable);
        assertThat(List.of(
                        new InsufficientAcksException(PLACE, TOKEN, AckPolicy.QUORUM, Set.of()),
                        new OutcomeUnknownException(PLACE, TOKEN, "mastership went"),
                        new RecordTooLargeException(PLACE, 2, 1),
                        new WriteFailedException(PLACE, "x"),
                        new UnavailableException(PLACE, false, "x"),
                        new RequestTimeoutException(PLACE, "x"),
                        new HandlerFailedException(PLACE, "x"),
                        new NoResponseException(PLACE, "x"),
                        new ChannelClosedException(PLACE, "x"),
                        new MessageTooLargeException(PLACE, "x", 2, 1),
                        new ReplicationPanicException(PLACE, "x"),
                        new TransactionClosedException(PLACE, "x")))
                .noneMatch(ReplicationException::isRetriable);
    }

    @Test
    void a_refused_write_names_the_master_to_go_to() {
        assertThat(new NotMasterException(PLACE, Optional.of("node2:7000")))
                .hasMessageContaining("write at the master, node2:7000")
                .matches(e -> e.master().equals(Optional.of("node2:7000")));
        assertThat(new NotMasterException(PLACE, Optional.empty())).hasMessageContaining("no master is known");
    }

    @Test
    void missing_acknowledgements_name_the_commit_the_policy_and_who_acknowledged() {
        assertThat(new InsufficientAcksException(PLACE, TOKEN, AckPolicy.ALL, Set.of("b:1", "a:1")))
                .hasMessageContainingAll(TOKEN.toString(), "ALL", "[a:1, b:1]");
    }

    @Test
    void exceptions_survive_being_serialised() throws Exception {
        InsufficientAcksException sent = new InsufficientAcksException(PLACE, TOKEN, AckPolicy.ALL, Set.of("a:1"));
        InsufficientAcksException received = (InsufficientAcksException) throughStream(sent);
        assertThat(received).hasMessage(sent.getMessage());
        assertThat(received.token()).isEqualTo(TOKEN);
        assertThat(received.ackedSites()).containsExactly("a:1");
        ConfigurationException refused = new ConfigurationException(PLACE, List.of("a", "b"));
        assertThat(((ConfigurationException) throughStream(refused)).problems()).containsExactly("a", "b");
    }

    private static Object throughStream(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
