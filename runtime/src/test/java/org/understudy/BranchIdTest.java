package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BranchIdTest {
    private static final byte[] GLOBAL = {0, (byte) 0xff, 7};

    @Test
    void the_text_is_read_back() {
        BranchId branch = BranchId.of(-1, GLOBAL, new byte[0]);
        assertThat(branch).hasToString("-1:00ff07:");
        assertThat(BranchId.parse(branch.toString())).isEqualTo(branch);
        assertThat(branch.globalBytes()).isEqualTo(GLOBAL);
        assertThat(branch.qualifierBytes()).isEmpty();
    }

    @Test
    void what_is_none_says_what_one_looks_like() {
        for (String text :
                new String[] {"", "1:00", "x:00:", "1::00", "1:0:00", "1:0G:00", "1:00:" + "00".repeat(65)}) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> BranchId.parse(text))
                    .withMessageContaining("format:global:qualifier");
        }
    }
}
