package org.understudy.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.understudy.Standing;

class BallotTest {
    private static final UUID SELF = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Ballot SAMPLE = Ballot.first(SELF)
            .inGroup(new UUID(3, 3), "node1:7000")
            .voted(7, OTHER)
            .mustReach(new Standing(6, 1000))
            .openSince("boot-1");

    @Test
    void a_ballot_is_the_same_after_it_was_encoded_and_decoded() {
        assertThat(Ballot.decode(SAMPLE.encode())).isEqualTo(SAMPLE);
        assertThat(Ballot.decode(Ballot.first(SELF).encode())).isEqualTo(Ballot.first(SELF));
    }

    @Test
    void garbage_is_refused() {
        Garbage.assertRefused(SAMPLE.encode(), MalformedValueException.class, Ballot::decode);
    }

    @Test
    void another_format_is_refused_by_name() {
        byte[] bytes = SAMPLE.encode();
        bytes[0] = 9;
        assertThatExceptionOfType(MalformedValueException.class)
                .isThrownBy(() -> Ballot.decode(bytes))
                .withMessageContaining("format 9");
    }

    @Test
    void the_highest_generation_never_goes_back() {
        assertThat(SAMPLE.seen(5).highestGeneration()).isEqualTo(7);
        assertThat(SAMPLE.seen(9).highestGeneration()).isEqualTo(9);
        assertThat(SAMPLE.seen(9).votedGeneration()).isEqualTo(7);
        assertThat(SAMPLE.seen(9).voted(8, SELF).highestGeneration()).isEqualTo(9);
    }

    @Test
    void each_change_leaves_everything_else_alone() {
        assertThat(SAMPLE.incarnation()).isEqualTo(SELF);
        assertThat(SAMPLE.hasGroup()).isTrue();
        assertThat(SAMPLE.localSite()).isEqualTo("node1:7000");
        assertThat(SAMPLE.votedFor()).isEqualTo(OTHER);
        assertThat(SAMPLE.mustReach()).isEqualTo(new Standing(6, 1000));
        assertThat(SAMPLE.bootId()).isEqualTo("boot-1");
        assertThat(Ballot.first(SELF).hasGroup()).isFalse();
    }
}
