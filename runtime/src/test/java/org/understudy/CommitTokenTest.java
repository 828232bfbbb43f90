package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitTokenTest {

    @Test
    void a_token_comes_back_from_its_text() {
        CommitToken token =
                new CommitToken(UUID.fromString("0190a5a0-7c1e-7def-8abc-0123456789ab"), 7, 1_234_567_890_123L);
        assertThat(token).hasToString("0190a5a0-7c1e-7def-8abc-0123456789ab/7/1234567890123");
        assertThat(CommitToken.parse(token.toString())).isEqualTo(token);
        assertThat(CommitToken.parse(CommitToken.NONE.toString()).isNone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b/c", "0-0-0-0-0/1", "0-0-0-0-0/1/2/3", "0-0-0-0-0/1/-2", "0-0-0-0-0/1/x"})
    void other_text_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CommitToken.parse(text))
                .withMessageContaining("commit token");
    }
}
