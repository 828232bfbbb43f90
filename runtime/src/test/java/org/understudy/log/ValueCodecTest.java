package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;

class ValueCodecTest {
    private static final UUID ID = new UUID(-1, 42);

    @Test
    void what_is_written_is_read() {
        byte[] bytes = new ValueWriter()
                .putByte(-5)
                .putBoolean(true)
                .putBoolean(false)
                .putInt(Integer.MIN_VALUE)
                .putLong(Long.MAX_VALUE)
                .putUuid(ID)
                .putString("größer than €, or 🙂")
                .putBytes(new byte[] {1, 2, 3})
                .putBytes(new byte[] {9, 1, 2, 9}, 1, 2)
                .putStanding(new Standing(3, 4))
                .putAll(List.of("a", "", "c"), ValueWriter::putString)
                .toByteArray();
        ValueReader in = new ValueReader(bytes);
        assertThat(in.remaining()).isEqualTo(bytes.length);
        assertThat(in.getByte()).isEqualTo((byte) -5);
        assertThat(in.getBoolean()).isTrue();
        assertThat(in.getBoolean()).isFalse();
        assertThat(in.getInt()).isEqualTo(Integer.MIN_VALUE);
        assertThat(in.getLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.getUuid()).isEqualTo(ID);
        assertThat(in.getString()).isEqualTo("größer than €, or 🙂");
        assertThat(in.getBytes()).containsExactly(1, 2, 3);
        assertThat(in.getBytes()).containsExactly(1, 2);
        assertThat(in.getStanding()).isEqualTo(new Standing(3, 4));
        assertThat(in.getAll(ValueReader::getString)).containsExactly("a", "", "c");
        in.end();
    }

    @Test
    void a_value_grows_as_large_as_it_must() {
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        byte[] bytes = new ValueWriter().putInt(1).putBytes(large).putInt(2).toByteArray();
        ValueReader in = new ValueReader(bytes);
        assertThat(in.getInt()).isEqualTo(1);
        assertThat(in.getBytes()).isEqualTo(large);
        assertThat(in.getInt()).isEqualTo(2);
        assertThat(bytes).hasSize(large.length + 3 * Integer.BYTES);
    }

    @Test
    void a_reader_keeps_to_its_part_of_a_buffer() {
        ByteBuffer buffer =
                ByteBuffer.wrap(new byte[] {9, 0, 0, 0, 5, 9}).position(1).limit(5);
        ValueReader in = new ValueReader(buffer);
        assertThat(in.getInt()).isEqualTo(5);
        in.end();
        assertThat(buffer.position()).isEqualTo(1);
    }

    @Test
    void reading_past_the_end_is_refused() {
        assertRefused(in -> in.getByte());
        assertRefused(in -> in.getBoolean(), 2);
        assertRefused(in -> in.getInt(), 0, 0, 0);
        assertRefused(in -> in.getLong(), 0, 0, 0, 0);
        assertRefused(in -> in.getUuid(), 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertRefused(in -> in.getString(), 0, 0, 0, 2, 65);
        assertRefused(in -> in.getStanding(), 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void lengths_that_cannot_be_are_refused_before_anything_is_allocated() {
        assertRefused(in -> in.getBytes(), 0x7f, -1, -1, -1);
        assertRefused(in -> in.getBytes(), -1, -1, -1, -1);
        assertRefused(in -> in.getAll(ValueReader::getByte), 0x7f, -1, -1, -1);
        assertRefused(in -> in.getAll(ValueReader::getByte), -1, -1, -1, -1);
    }

    @Test
    void what_is_left_over_is_refused() {
        assertRefused(ValueReader::end, 1);
    }

    private interface Use {
        void of(ValueReader in);
    }

    private static void assertRefused(Use use, int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        assertThatExceptionOfType(MalformedValueException.class).isThrownBy(() -> use.of(new ValueReader(bytes)));
    }
}
