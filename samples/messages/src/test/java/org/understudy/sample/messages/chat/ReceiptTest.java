package org.understudy.sample.messages.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.understudy.Role;

class ReceiptTest {

    @Test
    void it_says_who_answers_and_as_what() {
        assertThat(new Receipt(2, Role.MASTER, 7).inWords()).isEqualTo("Site 2, the master: heard; it is line 7 here.");
        assertThat(new Receipt(3, Role.CLIENT, 1).inWords()).isEqualTo("Site 3, a client: heard; it is line 1 here.");
    }
}
