package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.understudy.store.Site.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.understudy.log.MalformedRecordException;
import org.understudy.log.MalformedValueException;

/** The payloads of the records that change data: what is written is read, and garbage is refused. */
class ChangeReaderTest {
    private final ChangeReader reader = new ChangeReader();

    @Test
    void what_is_written_is_read() {
        byte[] payload = payload();
        reader.reset(payload, 0, payload.length);
        assertThat(reader.next()).isTrue();
        assertThat(reader.isTruncation()).isTrue();
        assertThat(reader.database()).isEqualTo(300);
        assertThat(reader.freshDatabase()).isEqualTo(70_000);
        assertThat(reader.next()).isTrue();
        assertThat(reader.database()).isEqualTo(1);
        assertThat(reader.key()).isEqualTo(bytes("k"));
        assertThat(reader.after()).isEqualTo(bytes("after"));
        assertThat(reader.hasBefore()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.hasAfter()).isFalse();
        assertThat(reader.hasBefore()).isFalse();
        assertThat(reader.keyIsBetween(bytes("a"), bytes("z"))).isTrue();
        assertThat(reader.keyIsBetween(bytes("m"), null)).isFalse();
        assertThat(reader.keyIsBetween(null, bytes("gone"))).isFalse();
        assertThat(reader.next()).isFalse();
    }

    @Test
    void every_shorter_payload_is_refused() {
        byte[] payload = payload();
        for (int length = 0; length < payload.length; length++) {
            byte[] shorter = Arrays.copyOf(payload, length);
            assertThatThrownBy(() -> readAll(shorter)).isInstanceOf(MalformedRecordException.class);
        }
        assertThatThrownBy(() -> readAll(Arrays.copyOf(payload, payload.length + 1)))
                .isInstanceOf(MalformedRecordException.class);
    }

    @Test
    void garbage_is_refused_and_nothing_else_happens() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] garbage = new byte[random.nextInt(40)];
            random.nextBytes(garbage);
            if (garbage.length > 0) {
                garbage[0] = ChangeWriter.FORMAT;
            }
            try {
                readAll(garbage);
            } catch (MalformedRecordException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void changes_of_databases_are_read_as_written() {
        for (DatabaseChange change : List.of(
                new DatabaseChange.Create("ä", 1),
                new DatabaseChange.Remove("", 70_000),
                new DatabaseChange.Rename("from", "to"))) {
            assertThat(DatabaseChange.decode(ByteBuffer.wrap(change.encode()))).isEqualTo(change);
        }
        assertThatThrownBy(() -> DatabaseChange.decode(ByteBuffer.wrap(new byte[] {9})))
                .isInstanceOf(MalformedValueException.class);
    }

    @Test
    void the_table_of_databases_is_read_as_written() {
        DatabaseTable table = DatabaseTable.EMPTY
                .after(new DatabaseChange.Create("one", 1), 1)
                .after(new DatabaseChange.Create("two", 2), 2)
                .after(new DatabaseChange.Remove("one", 1), 3)
                .afterTruncation(2, 3, 4)
                .after(new DatabaseChange.Rename("two", "three"), 5);
        assertThat(DatabaseTable.decode(table.encode())).isEqualTo(table);
        assertThat(table.nextNumber()).isEqualTo(4);
        assertThat(table.retiredBy(3)).containsExactly(1);
    }

    @Test
    void sizes_are_foretold() {
        for (int value :
                List.of(0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, Integer.MAX_VALUE)) {
            assertThat(Varint.put(new byte[Varint.MAX_BYTES], 0, value)).isEqualTo(Varint.size(value));
        }
    }

    private void readAll(byte[] payload) {
        reader.reset(payload, 0, payload.length);
        while (reader.next()) {
            assertThat(reader.database()).isNotNull();
        }
    }

    private static byte[] payload() {
        ByteBuffer out = ByteBuffer.allocate(200);
        ChangeWriter.begin(out, 3);
        ChangeWriter.truncation(out, 300, 70_000);
        ChangeWriter.change(out, 1, bytes("k"), bytes("after"), bytes("before"));
        ChangeWriter.change(out, 1, bytes("gone"), null, null);
        int size = ChangeWriter.headerBytes(3)
                + ChangeWriter.truncationBytes(300, 70_000)
                + (int) ChangeWriter.changeBytes(1, bytes("k"), bytes("after"), bytes("before"))
                + (int) ChangeWriter.changeBytes(1, bytes("gone"), null, null);
        assertThat(out.position()).isEqualTo(size);
        return Arrays.copyOf(out.array(), out.position());
    }
}
