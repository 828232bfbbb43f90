package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.understudy.Standing;
import org.understudy.log.RecordBatch;
import org.understudy.protocol.Message;

/** A message is the same on both ends. */
class WireCodecTest {
    private static final RecursiveComparisonConfiguration BY_CONTENT = RecursiveComparisonConfiguration.builder()
            .withEqualsForType((a, b) -> a.buffer().equals(b.buffer()), RecordBatch.class)
            .build();

    static Stream<Message> messages() {
        return SampleMessages.all();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_arrives_as_it_was_sent(Message message) {
        Message arrived = WireCodec.decode(WireCodec.encode(message).toByteArray());

        assertThat(arrived)
                .hasSameClassAs(message)
                .usingRecursiveComparison(BY_CONTENT)
                .isEqualTo(message);
    }

    @Test
    void every_type_of_message_has_a_sample_here() {
        Set<Class<?>> sampled = new HashSet<>();
        messages().forEach(message -> sampled.add(message.getClass()));

        assertThat(concrete(Message.class))
                .allSatisfy(type -> assertThat(sampled).contains(type));
    }

    @Test
    void records_leave_without_a_copy_and_arrive_as_they_were_stored() {
        RecordBatch stored = SampleMessages.records(10, 5, 100).from(12);

        WireFrame frame = WireCodec.encode(SampleMessages.append(stored));
        Message.Append arrived = (Message.Append) WireCodec.decode(frame.toByteArray());

        assertThat(frame.tail()).isSameAs(stored.array());
        assertThat(arrived.records().firstLsn()).isEqualTo(12);
        assertThat(arrived.records().last()).isEqualTo(new Standing(2, 14));
        assertThat(arrived.records().buffer()).isEqualTo(stored.buffer());
    }

    @Test
    void what_exceeds_a_frame_is_refused_where_it_is_sent() {
        RecordBatch tooMuch = SampleMessages.records(1, 1, WireLimits.MAX_FRAME_BYTES);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> WireCodec.encode(new Message.RangeAnswer(1, Standing.ZERO, Optional.of(tooMuch))))
                .withMessageContaining("smaller pieces");
    }

    @Test
    void a_full_payload_fits() {
        Message.Chunk chunk = SampleMessages.chunk(WireLimits.MAX_PAYLOAD_BYTES);

        Message.Chunk arrived =
                (Message.Chunk) WireCodec.decode(WireCodec.encode(chunk).toByteArray());

        assertThat(arrived.bytes()).isEqualTo(chunk.bytes());
    }

    @Test
    void an_unknown_type_is_refused() {
        assertThatExceptionOfType(BadFrameException.class)
                .isThrownBy(() -> WireCodec.decode(framed(new byte[] {(byte) 200, 1, 2, 3})))
                .withMessage("unknown frame type 200");
    }

    @Test
    void a_length_that_lies_is_refused() {
        byte[] frame = WireCodec.encode(new Message.Ack(1, 2, 3)).toByteArray();
        ByteBuffer.wrap(frame).putInt(0, Integer.MAX_VALUE);

        assertThatExceptionOfType(BadFrameException.class)
                .isThrownBy(() -> WireCodec.decode(frame))
                .withMessageContaining("2147483647 bytes");
    }

    @Test
    void bytes_left_over_are_refused() {
        byte[] frame = WireCodec.encode(new Message.Outdated(1)).toByteArray();
        byte[] body = Arrays.copyOfRange(frame, 8, frame.length + 1);

        assertThatExceptionOfType(BadFrameException.class)
                .isThrownBy(() -> WireCodec.decode(framed(body)))
                .withMessage("a Outdated with 1 bytes too many");
    }

    @Test
    void an_append_without_records_is_refused() {
        byte[] frame = WireCodec.encode(SampleMessages.append(SampleMessages.records(1, 1, 10)))
                .head();

        assertThatExceptionOfType(BadFrameException.class)
                .isThrownBy(() -> WireCodec.decode(framed(Arrays.copyOfRange(frame, 8, frame.length))))
                .withMessageContaining("without a record");
    }

    /** A frame around these bytes whose length and checksum are right. */
    static byte[] framed(byte[] body) {
        int fields = MessageFormats.all().stream()
                .filter(format -> format.code() == body[0] && format.hasTail())
                .mapToInt(format -> Math.min(body.length, 1 + format.fieldBytes()))
                .findFirst()
                .orElse(body.length);
        byte[] covered = ByteBuffer.allocate(4 + fields)
                .putInt(body.length)
                .put(body, 0, fields)
                .array();
        return ByteBuffer.allocate(8 + body.length)
                .putInt(body.length)
                .putInt(SampleMessages.checksum(covered))
                .put(body)
                .array();
    }

    private static Stream<Class<?>> concrete(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(WireCodecTest::concrete)
                : Stream.of(type);
    }
}
