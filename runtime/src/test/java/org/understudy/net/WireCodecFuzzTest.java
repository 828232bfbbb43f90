package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.understudy.protocol.Message;

/** Whatever arrives is a message or a {@link BadFrameException}, never anything else. */
class WireCodecFuzzTest {
    private static final int ROUNDS = 20;

    private final List<byte[]> frames = SampleMessages.all()
            .map(message -> WireCodec.encode(message).toByteArray())
            .toList();

    @Test
    void any_single_flipped_bit_is_noticed() {
        for (byte[] frame : frames) {
            for (int bit = 0; bit < frame.length * 8; bit++) {
                byte[] flipped = frame.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);

                assertThat(decode(flipped).filter(message -> !isDetectablyWrong(message)))
                        .as("bit %s of %s", bit, WireCodec.decode(frame.clone()))
                        .isEmpty();
            }
        }
    }

    @Test
    void any_truncation_is_noticed() {
        for (byte[] frame : frames) {
            for (int length = 0; length < frame.length; length++) {
                assertThat(decode(Arrays.copyOf(frame, length))).isEmpty();
            }
        }
    }

    @Test
    void anything_more_behind_a_frame_is_noticed() {
        for (byte[] frame : frames) {
            assertThat(decode(Arrays.copyOf(frame, frame.length + 1))).isEmpty();
        }
    }

    @RepeatedTest(ROUNDS)
    void random_bytes_in_a_sound_frame_do_no_harm(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[1 + random.nextInt(200)];
            random.nextBytes(body);
            body[0] = frames.get(random.nextInt(frames.size()))[8];

            decode(WireCodecTest.framed(body));
        }
    }

    @RepeatedTest(ROUNDS)
    void a_sound_frame_with_some_bytes_changed_does_no_harm(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        for (byte[] frame : frames) {
            for (int i = 0; i < 50; i++) {
                byte[] body = Arrays.copyOfRange(frame, 8, frame.length);
                for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                    body[random.nextInt(body.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                }
                decode(WireCodecTest.framed(body));
            }
        }
    }

    /** A chunk's bytes are checked by whoever stores it. */
    private static boolean isDetectablyWrong(Message message) {
        return message instanceof Message.Chunk chunk && SampleMessages.checksum(chunk.bytes()) != chunk.checksum();
    }

    private static Optional<Message> decode(byte[] frame) {
        try {
            return Optional.of(WireCodec.decode(frame));
        } catch (BadFrameException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return Optional.empty();
        }
    }
}
