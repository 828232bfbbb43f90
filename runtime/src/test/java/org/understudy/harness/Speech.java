package org.understudy.harness;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What a process says, a line at a time and each whole: said is said, also when it is killed right behind. */
final class Speech {
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    synchronized void say(String line) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException nobodyListens) {
            throw new UncheckedIOException(nobodyListens);
        }
    }
}
