package org.understudy.benchmarks.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteOptionsTest {
    @Test
    void a_site_process_reads_what_the_harness_wrote() {
        List<String> helpers = List.of("127.0.0.1:7000", "127.0.0.1:7001");
        Path home = Path.of("a home", "of=one");
        SiteOptions options = new SiteOptions(home, "127.0.0.1:7000", true, helpers, 10, true, true, false);

        assertThat(SiteOptions.parse(options.arguments().toArray(String[]::new)))
                .isEqualTo(options);
    }

    @Test
    void a_subordinate_shares_the_home_and_makes_no_group() {
        Path home = Path.of("home");
        SiteOptions site =
                new SiteOptions(home, "127.0.0.1:7000", true, List.of("127.0.0.1:7000"), 10, false, true, false);

        SiteOptions subordinate = site.ofSubordinate();

        assertThat(subordinate.home()).isEqualTo(home);
        assertThat(subordinate.subordinate()).isTrue();
        assertThat(subordinate.creator()).isFalse();
        assertThat(subordinate.forwarding()).isTrue();
    }
}
