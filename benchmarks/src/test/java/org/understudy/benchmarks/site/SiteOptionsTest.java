package org.understudy.benchmarks.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteOptionsTest {
    @Test
    void a_site_process_reads_what_the_harness_wrote() {
        List<String> helpers = List.of("127.0.0.1:7000", "127.0.0.1:7001");
        SiteOptions options = new SiteOptions(Path.of("a home", "of=one"), "127.0.0.1:7000", true, helpers, 10, true);

        assertThat(SiteOptions.parse(options.arguments().toArray(String[]::new)))
                .isEqualTo(options);
    }
}
