package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    /** Says what this JVM gives: a number of bytes, or that it is as much as the heap may have. */
    public static void main(String[] args) {
        long bytes = DirectMemory.maxBytes();
        System.out.print(bytes == Runtime.getRuntime().maxMemory() ? "heap" : bytes);
    }

    @Test
    void it_is_what_the_option_says() throws IOException {
        assertThat(said("-XX:MaxDirectMemorySize=48m")).isEqualTo(Integer.toString(48 << 20));
    }

    @Test
    void it_is_as_much_as_the_heap_where_nothing_is_said() throws IOException {
        assertThat(said("-Xmx64m")).isEqualTo("heap");
    }

    @Test
    void it_is_told_where_the_module_of_hotspot_is_kept_from_the_application() throws IOException {
        assertThat(said("--limit-modules=java.management,jdk.management", "-XX:MaxDirectMemorySize=48m"))
                .isEqualTo(Integer.toString(48 << 20));
        assertThat(said("--limit-modules=java.management", "-Xmx64m")).isEqualTo("heap");
    }

    @Test
    void a_jvm_without_that_option_says_nothing() {
        assertThat(DirectMemory.said("NoSuchOption")).isZero();
    }

    private static String said(String... flags) throws IOException {
        String[] command = new String[flags.length + 5];
        command[0] = System.getProperty("java.home") + "/bin/java";
        command[1] = "-XX:+UseSerialGC";
        System.arraycopy(flags, 0, command, 2, flags.length);
        command[flags.length + 2] = "-cp";
        command[flags.length + 3] = CLASS_PATH;
        command[flags.length + 4] = DirectMemoryTest.class.getName();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(process.getInputStream().readAllBytes());
    }
}
