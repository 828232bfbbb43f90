package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Environment;

/** Two class loaders of one JVM, as two applications of one server have them, count as two processes (protocol.md §11). */
class TwoDeploymentsTest {
    @TempDir
    Path folder;

    @Test
    void S80_two_applications_of_one_server_share_a_home() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1);
                URLClassLoader first = deployment();
                URLClassLoader second = deployment()) {
            Environment holder = group.start(0);
            TestGroup.names(holder).put("k", "v");
            String home = group.home(0).toString();
            assertThat(application(first).apply(home)).isEqualTo("v");
            assertThat(application(second).apply(home)).isEqualTo("v and more");
            assertThat(TestGroup.names(holder).get("k")).contains("v and more and more");
        }
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> application(ClassLoader loader) throws Exception {
        Class<?> type = loader.loadClass(OtherDeployment.class.getName());
        assertThat(type).isNotEqualTo(OtherDeployment.class);
        return (UnaryOperator<String>) type.getConstructor().newInstance();
    }

    /** Everything anew, but for the JDK. */
    private static URLClassLoader deployment() throws Exception {
        URL[] path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> url(new File(entry)))
                .toArray(URL[]::new);
        return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(File entry) {
        try {
            return entry.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
