package org.understudy.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames are whole however the bytes come. */
class FrameAssemblerTest {
    private final FrameAssembler assembler = new FrameAssembler();
    private final List<byte[]> frames = SampleMessages.all()
            .map(message -> WireCodec.encode(message).toByteArray())
            .toList();

    @Test
    void pieces_of_any_size_make_the_same_frames() {
        byte[] all = all();
        for (int size = 1; size < 200; size++) {
            List<byte[]> whole = new ArrayList<>();
            for (int at = 0; at < all.length; at += size) {
                ByteBuf piece = Unpooled.wrappedBuffer(all, at, Math.min(size, all.length - at));
                while (assembler.read(piece)) {
                    whole.add(assembler.take());
                }
            }
            assertThat(whole).as("from pieces of %s bytes", size).containsExactlyElementsOf(frames);
            assertThat(assembler.isWaiting()).isFalse();
        }
    }

    @Test
    void half_a_frame_is_waited_for() {
        assertThat(assembler.read(Unpooled.wrappedBuffer(frames.get(0), 0, 3))).isFalse();
        assertThat(assembler.isWaiting()).isTrue();
        assertThat(assembler.read(Unpooled.wrappedBuffer(frames.get(0), 3, frames.get(0).length - 3)))
                .isTrue();
        assertThat(assembler.take()).isEqualTo(frames.get(0));
    }

    @Test
    void before_the_handshake_only_small_frames_are_taken() {
        ByteBuf large = Unpooled.buffer().writeInt(WireLimits.MAX_HANDSHAKE_FRAME_BYTES);
        assertThatExceptionOfType(BadFrameException.class).isThrownBy(() -> assembler.read(large));
    }

    @Test
    void afterwards_a_full_payload_is_taken() {
        assembler.handshakeDone(WireLimits.MAX_FRAME_BYTES);

        assertThat(assembler.read(Unpooled.buffer().writeInt(WireLimits.MAX_PAYLOAD_BYTES)))
                .isFalse();
        assertThat(assembler.isWaiting()).isTrue();
    }

    private byte[] all() {
        int size = frames.stream().mapToInt(frame -> frame.length).sum();
        byte[] all = new byte[size];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return Arrays.copyOf(all, at);
    }
}
