package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.understudy.log.file.ChildJvm;

class NativeLibraryTest {
    /** Of {@code librocksdbjni-linux64.so}: the flags that the linker left room for. */
    private static final long FLAGS_1 = 0x6ffffffb;

    /** Alone: each deployment brings RocksDB along. Shared: the server has it for all of them. */
    @ParameterizedTest
    @ValueSource(strings = {"alone", "shared"})
    void deployments_in_one_JVM_do_each_other_no_harm(String library, @TempDir Path folder) throws Exception {
        Process child = ChildJvm.start(RedeployedLibraryChild.class, library, folder.toString());
        try {
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(new String(child.getInputStream().readAllBytes()).lines())
                    .containsExactly("deployment 1", "deployment 2", "deployment 3", "two at once");
            assertThat(child.exitValue()).isZero();
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void a_thread_that_ends_while_the_class_loader_goes_finds_the_library_in_its_place(@TempDir Path folder)
            throws Exception {
        byte[] library = readFile("/" + Environment.getJniLibraryFileName("rocksdb"));
        PrivateSymbols.give(library);
        assertThat(endThread(library, "stays", folder)).containsExactly("mapped", "ended");
    }

    /** Why the library is marked: should this JVM not crash any longer, the mark is not needed. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void without_the_mark_that_it_stays_such_a_thread_runs_into_nothing(@TempDir Path folder) throws Exception {
        assumeThat(Environment.isMuslLibc())
                .as("the C library is musl, which unmaps nothing")
                .isFalse();
        byte[] library = readFile("/" + Environment.getJniLibraryFileName("rocksdb"));
        byte[] marked = library.clone();
        PrivateSymbols.give(marked);
        int flags = flagsEntry(library, ByteBuffer.wrap(marked).order(ByteOrder.LITTLE_ENDIAN));
        System.arraycopy(library, flags, marked, flags, 2 * Long.BYTES);
        assertThat(endThread(marked, "goes", folder))
                .startsWith("unmapped")
                .doesNotContain("ended")
                .anyMatch(line -> line.contains("SIGSEGV"));
    }

    private static List<String> endThread(byte[] library, String mode, Path folder) throws Exception {
        Files.write(folder.resolve(Environment.getJniLibraryFileName("rocksdbjni")), library);
        List<String> options = List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("crash.log"));
        Process child = ChildJvm.start(options, EndingThreadChild.class, mode, folder.toString());
        try {
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new String(child.getInputStream().readAllBytes()).lines().toList();
        } finally {
            child.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linux64",
                "linux32",
                "linux-aarch64",
                "linux-ppc64le",
                "linux-s390x",
                "linux-riscv64",
                "linux64-musl",
                "linux32-musl",
                "linux-aarch64-musl",
                "linux-ppc64le-musl",
                "linux-s390x-musl",
                "linux-riscv64-musl"
            })
    void that_of_each_kind_of_Linux_can_be_given_variables_of_its_own(String system) throws IOException {
        byte[] library = read(system);
        assertThat(PrivateSymbols.give(library)).isTrue();
        byte[] again = library.clone();
        assertThat(PrivateSymbols.give(again)).isTrue();
        assertThat(again).isEqualTo(library);
    }

    @Test
    void one_without_room_for_the_mark_that_it_stays_is_left_as_it_is() throws IOException {
        byte[] library = read("linux64");
        byte[] marked = library.clone();
        PrivateSymbols.give(marked);
        ByteBuffer image = ByteBuffer.wrap(library).order(ByteOrder.LITTLE_ENDIAN);
        int flags = flagsEntry(library, ByteBuffer.wrap(marked).order(ByteOrder.LITTLE_ENDIAN));
        image.putLong(flags + 16, 1);
        byte[] full = library.clone();
        assertThat(PrivateSymbols.give(library)).isFalse();
        assertThat(library).isEqualTo(full);
    }

    @Test
    void what_is_not_of_Linux_shares_nothing_and_is_left_as_it_is() throws IOException {
        byte[] library = read("win64");
        byte[] before = library.clone();
        assertThat(PrivateSymbols.give(library)).isTrue();
        assertThat(library).isEqualTo(before);
    }

    private static int flagsEntry(byte[] library, ByteBuffer marked) {
        for (int at = 0; at + Long.BYTES <= library.length; at += Long.BYTES) {
            if (marked.getLong(at) == FLAGS_1 && library[at] == 0) {
                return at;
            }
        }
        throw new IllegalStateException("not marked");
    }

    private static byte[] read(String system) throws IOException {
        return readFile("/librocksdbjni-" + system + (system.startsWith("win") ? ".dll" : ".so"));
    }

    private static byte[] readFile(String file) throws IOException {
        try (InputStream packed = Objects.requireNonNull(RocksDB.class.getResourceAsStream(file), file)) {
            return packed.readAllBytes();
        }
    }
}
