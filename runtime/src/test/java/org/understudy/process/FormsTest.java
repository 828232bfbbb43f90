package org.understudy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.AckPolicy;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.DatabaseDigest;
import org.understudy.EnvironmentDigest;
import org.understudy.InsufficientAcksException;
import org.understudy.OutcomeUnknownException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.TransactionOptions;
import org.understudy.UndoneChange;
import org.understudy.UndoneTransaction;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** What crosses the socket arrives as it was, and what makes no sense is refused. */
class FormsTest {
    private static final CommitToken TOKEN = new CommitToken(new UUID(1, 2), 3, 4);
    private static final Place PLACE = new Place("test", Optional.of("a:1"));

    private static Object crossed(Object value) {
        return crossed(value, value.getClass());
    }

    private static Object crossed(Object value, Class<?> type) {
        ValueWriter out = new ValueWriter();
        Forms.of(type).write(out, value);
        ValueReader in = new ValueReader(out.toByteArray());
        Object read = Forms.of(type).read(in);
        in.end();
        return read;
    }

    @Test
    void records_with_all_kinds_of_parts_arrive_as_they_were() {
        TransactionOptions options = TransactionOptions.DEFAULT
                .withAckPolicy(AckPolicy.ALL_PEERS)
                .withAckTimeout(Duration.ofNanos(1_500_000_001))
                .withConsistency(Consistency.atLeast(TOKEN));
        assertThat(crossed(options)).isEqualTo(options);
        TreeMap<String, DatabaseDigest> databases = new TreeMap<>();
        databases.put("d", new DatabaseDigest(7, "abc"));
        EnvironmentDigest digest = new EnvironmentDigest(new Standing(1, 2), databases);
        assertThat(crossed(digest)).isEqualTo(digest);
        assertThat(crossed(Consistency.LATEST, Consistency.class)).isEqualTo(Consistency.LATEST);
    }

    @Test
    void bytes_arrive_in_whatever_union_they_stand() {
        UndoneTransaction sent = new UndoneTransaction(
                TOKEN,
                List.of(
                        new UndoneChange.Put("d", new byte[] {1}, new byte[] {2, 3}),
                        new UndoneChange.Renamed("d", "e")));
        UndoneTransaction read = (UndoneTransaction) crossed(sent);
        assertThat(read.token()).isEqualTo(TOKEN);
        assertThat(read.changes()).usingRecursiveComparison().isEqualTo(sent.changes());
    }

    @Test
    void every_message_has_a_form_and_every_question_an_answer() {
        assertThat(Messages.description()).contains("Get", "BeginStaged->Void", "StatusNow->Status");
    }

    @Test
    void an_exception_arrives_with_all_it_says() {
        InsufficientAcksException sent =
                new InsufficientAcksException(PLACE, TOKEN, AckPolicy.ALL, Set.of("b:1", "c:1"));
        InsufficientAcksException read = (InsufficientAcksException) crossed(sent, RuntimeException.class);
        assertThat(read).hasMessage(sent.getMessage());
        assertThat(read.token()).isEqualTo(TOKEN);
        assertThat(read.policy()).isEqualTo(AckPolicy.ALL);
        assertThat(read.ackedSites()).isEqualTo(sent.ackedSites());
        assertThat(read.site()).contains("a:1");
        assertThat(read.isRetriable()).isFalse();
        OutcomeUnknownException unknown = new OutcomeUnknownException(PLACE, CommitToken.NONE, "x");
        assertThat(unknown.getMessage()).doesNotContain(CommitToken.NONE.toString());
    }

    @Test
    void an_exception_of_a_type_that_is_not_let_in_arrives_as_a_plain_one_that_says_the_same() {
        RuntimeException sent = new UncheckedIOException(new IOException("full", new Foreign("the disk")));
        RuntimeException read = (RuntimeException) crossed(sent, RuntimeException.class);
        assertThat(read).isInstanceOf(UncheckedIOException.class).hasMessageContaining("full");
        assertThat(read.getCause().getCause())
                .isExactlyInstanceOf(RuntimeException.class)
                .hasMessageContaining(Foreign.class.getName())
                .hasMessageContaining("the disk");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        byte[] unknownKind = {99};
        assertThatExceptionOfType(MalformedValueException.class)
                .isThrownBy(() -> Forms.of(Consistency.class).read(new ValueReader(unknownKind)));
        byte[] impossible = new ValueWriter().putByte(4).putLong(-1).putInt(0).toByteArray();
        assertThatExceptionOfType(MalformedValueException.class)
                .isThrownBy(() -> Forms.of(Consistency.class).read(new ValueReader(impossible)));
        assertThatIllegalArgumentException().isThrownBy(() -> Forms.of(Object.class));
    }

    /** An exception of somebody else's. */
    private static final class Foreign extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Foreign(String message) {
            super(message);
        }
    }
}
