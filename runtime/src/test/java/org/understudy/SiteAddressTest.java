package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteAddressTest {

    @Test
    void names_addresses_and_bracketed_addresses_are_taken_apart() {
        assertThat(SiteAddress.parse("node1:7000")).isEqualTo(new SiteAddress("node1", 7000));
        assertThat(SiteAddress.parse("127.0.0.1:1")).isEqualTo(new SiteAddress("127.0.0.1", 1));
        assertThat(SiteAddress.parse("[fe80::1]:65535")).isEqualTo(new SiteAddress("fe80::1", 65535));
    }

    @ParameterizedTest
    @ValueSource(strings = {"node1:7000", "127.0.0.1:1", "[::1]:65535"})
    void an_address_is_written_as_it_was_read(String text) {
        assertThat(SiteAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "node1",
                ":7000",
                "node1:",
                "node1:0",
                "node1:65536",
                "node1:-1",
                "node1:7x",
                "::1:7000",
                "[node1]:1",
                "a b:1",
                "a,b:1",
                "http://a:1",
                "[]:1",
                "[::1:7000",
                "node1:123456"
            })
    void anything_else_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SiteAddress.parse(text))
                .withMessageMatching(".*(must|is no).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:1", "LOCALHOST:1", "a.localhost:1", "127.0.0.1:1", "127.1.2.3:1", "[::1]:1"})
    void loopback_is_known_by_its_name(String text) {
        assertThat(SiteAddress.parse(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"node1:1", "0.0.0.0:1", "[::]:1", "10.0.0.1:1", "127.0.0.1.example:1", "notlocalhost:1"})
    void anything_else_is_not_loopback(String text) {
        assertThat(SiteAddress.parse(text).isLoopback()).isFalse();
    }
}
