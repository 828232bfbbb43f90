package org.understudy.log.file;

import java.util.Arrays;

/** The bytes of a simulated file as somebody sees them: the running process, or the disk itself. */
final class SimulatedImage {
    private byte[] bytes;
    private int size;

    SimulatedImage() {
        this(new byte[0], 0);
    }

    private SimulatedImage(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    SimulatedImage copy() {
        return new SimulatedImage(Arrays.copyOf(bytes, size), size);
    }

    int size() {
        return size;
    }

    void write(int position, byte[] source, int offset, int length) {
        int end = position + length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
        }
        System.arraycopy(source, offset, bytes, position, length);
        size = Math.max(size, end);
    }

    int read(int position, byte[] target, int offset, int length) {
        int count = Math.max(0, Math.min(length, size - position));
        System.arraycopy(bytes, Math.min(position, size), target, offset, count);
        return count;
    }

    void truncate(int newSize) {
        if (newSize < size) {
            Arrays.fill(bytes, newSize, size, (byte) 0);
            size = newSize;
        }
    }

    void flip(long bit) {
        bytes[(int) (bit / Byte.SIZE)] ^= (byte) (1 << bit % Byte.SIZE);
    }
}
