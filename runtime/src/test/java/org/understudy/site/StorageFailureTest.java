package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.EnvironmentConfig;

class StorageFailureTest {

    @TempDir
    Path home;

    @Test
    void an_error_while_it_opens_gives_the_home_back() {
        EnvironmentConfig config = EnvironmentConfig.builder(home).build();
        assertThatThrownBy(() -> Storage.open(config, path -> {
                    throw new NoClassDefFoundError("a class that a server keeps to itself");
                }))
                .isInstanceOf(NoClassDefFoundError.class);
        assertThatCode(() -> Storage.open(config).close()).doesNotThrowAnyException();
    }
}
