package org.understudy.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.understudy.site.TestGroup.names;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Codecs;
import org.understudy.ComparisonReport;
import org.understudy.Durability;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentDigest;
import org.understudy.EnvironmentLockedException;
import org.understudy.Place;
import org.understudy.Standing;
import org.understudy.VerifyReport;
import org.understudy.log.RecordBatch;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.file.DiskDirectory;
import org.understudy.log.file.Log;
import org.understudy.log.file.LogOptions;

/** Verifying one environment, and two against each other, with damage done to real files. */
class VerifyTest {
    @TempDir
    private Path folder;

    private EnvironmentConfig config(String home) {
        return EnvironmentConfig.builder(folder.resolve(home))
                .durability(Durability.WRITE_NO_SYNC)
                .build();
    }

    private void fill(String home) {
        try (Environment environment = Environment.open(config(home))) {
            for (int i = 0; i < 2500; i++) {
                names(environment).put("k" + i % 700, "v" + i);
            }
            environment.database("other", Codecs.STRING, Codecs.STRING).put("gone", "1");
            environment.removeDatabase("other");
            names(environment).delete("k1");
        }
    }

    @Test
    void a_sound_environment_is_sound_online_and_offline() {
        fill("home");
        VerifyReport offline = Environment.verify(config("home"));
        assertThat(offline.problems()).isEmpty();
        assertThat(offline.isSound()).isTrue();
        assertThat(offline.records()).isEqualTo(offline.standing().lsn());
        assertThat(offline.keysCompared()).isEqualTo(700);
        try (Environment environment = Environment.open(config("home"))) {
            assertThat(environment.verify()).isEqualTo(offline);
            assertThatExceptionOfType(EnvironmentLockedException.class)
                    .isThrownBy(() -> Environment.verify(config("home")));
        }
        assertThat(folder.resolve("home/data.past")).isEmptyDirectory();
    }

    @Test
    void a_flipped_bit_in_the_data_is_found() throws IOException {
        fill("home");
        try (Stream<Path> files = Files.list(folder.resolve("home/data"))) {
            Path sst = files.filter(file -> file.toString().endsWith(".sst"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
            flip(sst, 200);
        }
        VerifyReport report = Environment.verify(config("home"));
        assertThat(report.isSound()).isFalse();
        assertThat(report.problems()).anyMatch(problem -> problem.contains("can't be read"));
    }

    @Test
    void a_flipped_bit_in_the_log_is_found() throws IOException {
        fill("home");
        try (Stream<Path> files = Files.list(folder.resolve("home/log"))) {
            flip(files.findFirst().orElseThrow(), 500);
        }
        assertThat(Environment.verify(config("home")).problems())
                .singleElement()
                .asString()
                .contains("log");
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 4;
        Files.write(file, bytes);
    }

    @Test
    void data_that_is_not_what_the_log_wrote_is_found_and_so_is_where_two_sites_part() throws IOException {
        fill("one");
        fill("other");
        long lsn = rewrite("other", "v2000", "v2999");
        VerifyReport report = Environment.verify(config("other"));
        assertThat(report.problems())
                .singleElement()
                .asString()
                .contains("does not have the value that record 0/" + lsn + " wrote");
        ComparisonReport equalData = Environment.compare(config("one"), config("other"));
        assertThat(equalData.partLsn()).hasValue(lsn);
        assertThat(equalData.isEqual()).isTrue();
    }

    /** Writes the whole log anew with another value in one record, every checksum being right. */
    private long rewrite(String home, String from, String to) throws IOException {
        Place place = Place.of(config(home));
        Path log = folder.resolve(home).resolve("log");
        long changed = 0;
        Path fresh = folder.resolve("fresh");
        LogOptions options = LogOptions.of(place, config(home).segmentSizeBytes());
        try (Log old = Log.open(new DiskDirectory(log), options, Standing.ZERO);
                Log copy = Log.open(new DiskDirectory(fresh), options, Standing.ZERO)) {
            for (long lsn = 1; lsn <= old.last().lsn(); lsn++) {
                RecordBatch record = old.read(lsn, lsn, 1);
                byte[] payload = record.iterator().next().payloadBytes();
                String text = new String(payload, StandardCharsets.ISO_8859_1);
                String after = text.replaceFirst(from, to);
                changed = after.equals(text) || changed > 0 ? changed : lsn;
                copy.append(new RecordBatchBuilder()
                        .add(
                                record.last().generation(),
                                lsn,
                                record.iterator().next().kind(),
                                (changed == lsn ? after : text).getBytes(StandardCharsets.ISO_8859_1))
                        .build());
            }
        }
        try (Stream<Path> files = Files.list(log)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(fresh)) {
            for (Path file : files.toList()) {
                Files.move(file, log.resolve(file.getFileName()));
            }
        }
        return changed;
    }

    @Test
    void two_that_went_apart_differ_in_what_each_wrote_as_far_as_both_logs_agree() {
        fill("one");
        Environment.restore(backup("one"), config("other"));
        try (Environment other = Environment.open(config("other"))) {
            names(other).put("k2", "later");
        }
        ComparisonReport report = Environment.compare(config("one"), config("other"));
        assertThat(report.isEqual()).isTrue();
        assertThat(report.partLsn()).isEmpty();
        assertThat(report.keysCompared()).isEqualTo(699);
        try (Environment one = Environment.open(config("one"))) {
            names(one).put("k2", "otherwise");
            names(one).put("only", "here");
        }
        try (Environment other = Environment.open(config("other"))) {
            names(other).put("x", "there");
        }
        ComparisonReport apart = Environment.compare(config("one"), config("other"));
        long last = apart.standing().lsn();
        assertThat(apart.partLsn()).hasValue(last - 1);
        assertThat(apart.keysDiffering()).isEqualTo(3);
        assertThat(apart.differences())
                .extracting(difference -> new String(difference.key(), StandardCharsets.UTF_8)
                        + difference.oneLsn().orElse(0) + "/"
                        + difference.otherLsn().orElse(0))
                .containsExactly("k2" + (last - 1) + "/" + (last - 1), "only" + last + "/0", "x0/" + last);
    }

    private Path backup(String home) {
        try (Environment environment = Environment.open(config(home))) {
            return environment.backup(folder.resolve("backup")).directory();
        }
    }

    @Test
    void all_sites_of_a_group_have_one_digest_at_one_lsn_while_it_is_written() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            group.startAll();
            Environment master = group.master();
            names(master).put("a", "1");
            names(master).put("b", "2");
            group.converged();
            long lsn = TestGroup.fresh(master).local().standing().lsn();
            EnvironmentDigest before = master.digest(lsn);
            assertThat(before.databases().get("names").keys()).isEqualTo(2);
            names(master).put("a", "3");
            master.database("late", Codecs.STRING, Codecs.STRING).put("k", "v");
            group.converged();
            for (Environment site : group.running()) {
                assertThat(site.digest(lsn)).isEqualTo(before);
                assertThat(site.verify().problems()).isEmpty();
            }
            long now = TestGroup.fresh(master).local().standing().lsn();
            assertThat(master.digest(now).databases()).isNotEqualTo(before.databases());
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> master.digest(now + 100))
                    .withMessageContaining("is not here yet");
            assertThat(before.differencesFrom(before)).isEmpty();
        }
    }

    @Test
    void a_digest_tells_which_databases_differ() {
        fill("one");
        fill("other");
        try (Environment one = Environment.open(config("one"));
                Environment other = Environment.open(config("other"))) {
            names(one).put("k", "1");
            names(other).put("k", "2");
            long lsn = TestGroup.fresh(one).local().standing().lsn();
            assertThat(one.digest(lsn).differencesFrom(other.digest(lsn)))
                    .isEqualTo(List.of("database names has 700 keys here and 700 there, or other values"));
            assertThat(one.digest(lsn - 1)).isEqualTo(other.digest(lsn - 1));
        }
    }

    @Test
    void a_directory_without_an_environment_is_no_environment() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Environment.verify(config("nothing")))
                .withMessageContaining("there is no environment in");
        assertThat(folder.resolve("nothing")).doesNotExist();
    }
}
