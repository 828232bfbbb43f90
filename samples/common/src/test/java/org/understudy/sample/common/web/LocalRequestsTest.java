package org.understudy.sample.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalRequestsTest {

    @Test
    void the_page_itself_and_programs_may_ask() {
        assertThat(LocalRequests.allows(Optional.of("localhost:8001"), Optional.of("http://localhost:8001")))
                .isTrue();
        assertThat(LocalRequests.allows(Optional.of("127.0.0.1:8001"), Optional.empty()))
                .isTrue();
    }

    @Test
    void another_page_in_the_same_browser_may_not() {
        assertThat(LocalRequests.allows(Optional.of("localhost:8001"), Optional.of("https://example.org")))
                .isFalse();
        assertThat(LocalRequests.allows(Optional.of("localhost:8001"), Optional.of("null")))
                .isFalse();
    }

    @Test
    void a_foreign_name_that_leads_here_may_not() {
        assertThat(LocalRequests.allows(
                        Optional.of("rebound.example.org:8001"), Optional.of("http://rebound.example.org:8001")))
                .isFalse();
        assertThat(LocalRequests.allows(Optional.empty(), Optional.empty())).isFalse();
    }
}
