package org.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.understudy.store.Site.bytes;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What is built here is what RocksDB would have built. */
class RocksBatchTest {
    @TempDir
    Path folder;

    @Test
    void it_has_the_bytes_of_rocksdbs_own_batch() throws RocksDBException {
        NativeLibrary.Use library = NativeLibrary.use();
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB db = RocksDB.open(options, folder.toString());
                ColumnFamilyHandle family = db.createColumnFamily(new ColumnFamilyDescriptor(bytes("x")));
                WriteBatch theirs = new WriteBatch()) {
            RocksBatch ours = new RocksBatch();
            for (int size : List.of(0, 1, 127, 128, 300, 16_383, 16_384, 3_000_000)) {
                byte[] value = new byte[size];
                theirs.put(bytes("key" + size), value);
                ours.put(Meta.FAMILY, bytes("key" + size), value);
                theirs.put(family, bytes("key" + size), value);
                ours.put(family.getID(), bytes("key" + size), value);
                theirs.delete(family, value);
                ours.delete(family.getID(), value);
                theirs.delete(bytes("k"));
                ours.delete(Meta.FAMILY, bytes("k"));
            }
            assertThat(ours.toByteArray()).isEqualTo(theirs.data());
        }
        library.close();
    }

    @Test
    void it_is_empty_again_after_clearing() {
        RocksBatch batch = new RocksBatch();
        byte[] empty = batch.toByteArray();
        batch.put(1, bytes("k"), new byte[9_000_000]);
        batch.clear();
        assertThat(batch.toByteArray()).isEqualTo(empty);
    }
}
