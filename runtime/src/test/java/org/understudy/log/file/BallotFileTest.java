package org.understudy.log.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.WriteFailedException;
import org.understudy.log.Ballot;

class BallotFileTest {
    private static final Place PLACE = new Place("test", Optional.of("here:1"));
    private static final UUID OTHER = new UUID(2, 2);

    private final SimulatedDirectory directory = new SimulatedDirectory();
    private final BallotFile file = new BallotFile(directory, PLACE);
    private final Ballot ballot = Ballot.first(new UUID(1, 1)).voted(3, OTHER);

    @Test
    void a_new_home_has_no_ballot() {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void a_ballot_on_a_disk_is_found_again(@TempDir Path home) {
        new BallotFile(new DiskDirectory(home), PLACE).write(ballot);
        new BallotFile(new DiskDirectory(home), PLACE).write(ballot.seen(9));
        assertThat(new BallotFile(new DiskDirectory(home), PLACE).read()).contains(ballot.seen(9));
    }

    @Test
    void a_ballot_that_was_written_survives_a_crash() {
        for (int seed = 1; seed < 100; seed++) {
            file.write(ballot.voted(seed, OTHER));
            directory.crash(new SplittableRandom(seed));
            assertThat(file.read()).contains(ballot.voted(seed, OTHER));
        }
    }

    @Test
    void a_crash_while_it_is_written_leaves_the_old_or_the_new() {
        file.write(ballot);
        for (int seed = 1; seed < 300; seed++) {
            Ballot before = file.read().orElseThrow();
            Ballot after = before.seen(before.highestGeneration() + 1);
            directory.stopAfter(seed % 3);
            assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> file.write(after));
            directory.crashScattered(new SplittableRandom(seed));
            assertThat(file.read().orElseThrow()).isIn(before, after);
        }
    }

    @Test
    void a_disk_that_refuses_says_so() {
        directory.leaveRoom(10);
        assertThatExceptionOfType(WriteFailedException.class)
                .isThrownBy(() -> file.write(ballot))
                .withMessageContaining("here:1")
                .withMessageContaining("ballot");
        directory.leaveRoom(1000);
        directory.failForceAfter(0);
        assertThatExceptionOfType(WriteFailedException.class).isThrownBy(() -> file.write(ballot));
        assertThat(file.read()).isEmpty();
    }

    @Test
    void any_flipped_bit_is_noticed() {
        file.write(ballot);
        long bits = 8L * directory.sizeOf(BallotFile.NAME);
        for (long bit = 0; bit < bits; bit++) {
            SimulatedDirectory copy = directory.copy();
            copy.flip(BallotFile.NAME, bit);
            assertThatExceptionOfType(EnvironmentCorruptedException.class)
                    .isThrownBy(() -> new BallotFile(copy, PLACE).read())
                    .withMessageContaining(BallotFile.NAME);
        }
    }

    @Test
    void a_shortened_ballot_is_noticed() {
        file.write(ballot);
        for (int size = directory.sizeOf(BallotFile.NAME) - 1; size >= 0; size--) {
            try (LogFile shortened = directory.open(BallotFile.NAME)) {
                shortened.truncate(size);
            }
            assertThatExceptionOfType(EnvironmentCorruptedException.class).isThrownBy(file::read);
        }
    }
}
