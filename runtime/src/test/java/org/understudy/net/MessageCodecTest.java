package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.understudy.net.MessageFrame.Answer;
import org.understudy.net.MessageFrame.Cause;
import org.understudy.net.MessageFrame.NoAnswer;
import org.understudy.net.MessageFrame.Post;
import org.understudy.net.MessageFrame.Unanswered;
import org.understudy.net.MessageFrame.Withdrawal;

/** A frame on a connection for messages is the same on both ends; whatever else arrives is refused. */
class MessageCodecTest {
    static Stream<MessageFrame> frames() {
        return Stream.of(
                new Post(0, "", List.of()),
                new Post(Long.MAX_VALUE, "τopic", List.of(new byte[] {1, 2}, new byte[0], new byte[300])),
                new Answer(7, List.of()),
                new Answer(-1, List.of(TestPost.bytes("part"))),
                new Unanswered(3, new NoAnswer(Cause.HANDLER_FAILED, "no such jöb", 0, 0)),
                new Unanswered(4, new NoAnswer(Cause.ANSWER_TOO_LARGE, "", 1L << 40, 5)),
                new Unanswered(5, NoAnswer.because(Cause.CLOSING)),
                new Withdrawal(9));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void a_frame_arrives_as_it_was_sent(MessageFrame frame) {
        assertThat(MessageCodec.decode(MessageCodec.encode(frame).toByteArray()))
                .hasSameClassAs(frame)
                .usingRecursiveComparison()
                .isEqualTo(frame);
    }

    @Test
    void every_type_and_every_cause_has_its_place_on_the_wire() {
        assertThat(frames().map(Object::getClass).distinct())
                .hasSize(MessageFrame.class.getPermittedSubclasses().length);
        // Others have learnt these by number: new ones go to the end.
        assertThat(Cause.values())
                .startsWith(
                        Cause.NO_HANDLER,
                        Cause.HANDLER_FAILED,
                        Cause.NO_RESPONSE,
                        Cause.ANSWER_TOO_LARGE,
                        Cause.ANSWERS_BACK_UP,
                        Cause.CLOSING);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void any_flipped_bit_any_truncation_and_anything_more_is_noticed(MessageFrame frame) {
        byte[] bytes = MessageCodec.encode(frame).toByteArray();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(decode(flipped)).isEmpty();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(decode(Arrays.copyOf(bytes, length))).isEmpty();
        }
        assertThat(decode(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    }

    @RepeatedTest(20)
    void random_bytes_in_a_sound_frame_do_no_harm(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[1 + random.nextInt(100)];
            random.nextBytes(body);
            body[0] = (byte) (16 + random.nextInt(5));
            decode(WireCodecTest.framed(body));
        }
    }

    @RepeatedTest(20)
    void a_sound_frame_with_some_bytes_changed_does_no_harm(RepetitionInfo round) {
        Random random = new Random(round.getCurrentRepetition());
        frames().map(frame -> MessageCodec.encode(frame).toByteArray()).forEach(frame -> {
            for (int i = 0; i < 50; i++) {
                byte[] body = Arrays.copyOfRange(frame, 8, frame.length);
                body[random.nextInt(body.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                decode(WireCodecTest.framed(body));
            }
        });
    }

    private static Optional<MessageFrame> decode(byte[] frame) {
        try {
            return Optional.of(MessageCodec.decode(frame));
        } catch (BadFrameException refused) {
            assertThat(refused).hasMessageNotContaining("null");
            return Optional.empty();
        }
    }
}
