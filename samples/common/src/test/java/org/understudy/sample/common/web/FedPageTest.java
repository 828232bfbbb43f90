package org.understudy.sample.common.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FedPageTest {

    private final List<String> sent = new ArrayList<>();
    private boolean keepsUp = true;
    private final FedPage page = new FedPage(new OpenPage() {

        @Override
        public boolean isGone() {
            return false;
        }

        @Override
        public boolean keepsUp() {
            return keepsUp;
        }

        @Override
        public void send(String topic, String value) {
            sent.add(topic + " " + value);
        }
    });

    @Test
    void a_page_is_sent_what_has_changed_and_a_beat() {
        page.show(Map.of("quotes", "1"));
        page.show(Map.of("quotes", "1"));
        page.show(Map.of("quotes", "2"));

        assertThat(sent).containsExactly("quotes 1", "beat {}", "beat {}", "quotes 2", "beat {}");
    }

    @Test
    void one_that_does_not_keep_up_gets_the_next_state_instead_of_every_state() {
        page.show(Map.of("quotes", "1"));
        keepsUp = false;
        page.show(Map.of("quotes", "2"));
        keepsUp = true;
        page.show(Map.of("quotes", "2"));

        assertThat(sent).containsExactly("quotes 1", "beat {}", "quotes 2", "beat {}");
    }
}
