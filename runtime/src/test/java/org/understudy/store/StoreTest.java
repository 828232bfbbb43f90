package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.understudy.Standing;

class StoreTest {
    @TempDir
    Path folder;

    private Site site;

    @BeforeEach
    void open() {
        site = new Site(folder.resolve("one"));
        site.newGeneration();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void a_commit_is_read_and_survives_closing() {
        PreparedCommits prepared = site.commit(BlindWrite.put("names", bytes("k"), bytes("v")));
        assertThat(prepared.lsn(0)).isEqualTo(3); // after the mastership's and the database's first records
        assertThat(site.get("names", "k")).contains("v");
        assertThat(site.store.databaseNames()).containsExactly("names");

        site.reopen();
        assertThat(site.store.applied()).isEqualTo(new Standing(2, 3));
        assertThat(site.get("names", "k")).contains("v");
        assertThat(site.get("names", "other")).isEmpty();
        assertThat(site.get("unknown", "k")).isEmpty();
    }

    @Test
    void a_client_that_applies_the_records_has_the_same_data() {
        site.put("names", "a", "1");
        site.put("names", "b", "2");
        site.commit(BlindWrite.delete("names", bytes("a")).andPut("other", bytes("c"), bytes("3")));
        try (Site client = new Site(folder.resolve("two"), Site.OPTIONS, site.log)) {
            assertThat(client.store.applied()).isEqualTo(site.store.applied());
            assertThat(client.store.history()).isEqualTo(site.store.history());
            assertThat(client.get("names", "a")).isEmpty();
            assertThat(client.get("names", "b")).contains("2");
            assertThat(client.get("other", "c")).contains("3");
        }
    }

    @Test
    void a_rollback_brings_back_what_was_there() {
        site.put("names", "a", "1");
        long match = site.log.lastLsn();
        site.put("names", "a", "2");
        site.put("names", "b", "2");
        site.put("names", "a", "3");
        site.put("fresh", "a", "3");
        Undone undone = site.rollback(match);
        assertThat(undone.from()).isEqualTo(new Standing(2, match + 1));
        assertThat(undone.transactions()).hasSize(4);
        assertThat(site.get("names", "a")).contains("1");
        assertThat(site.get("names", "b")).isEmpty();
        assertThat(site.store.databaseNames()).containsExactly("names");
        site.reopen();
        assertThat(site.get("names", "a")).contains("1");
        assertThat(site.store.applied()).isEqualTo(new Standing(2, match));
    }
}
