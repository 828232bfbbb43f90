package org.understudy.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** How RocksDB is set up; holds the native objects that its databases share, across a swap of the data. */
final class RocksSettings implements AutoCloseable {
    private static final int WRITE_BUFFERS = 3; // one being filled, one being flushed, one between them
    private static final long NEVER_FULL_BYTES = 64L << 30; // the Flusher flushes, not RocksDB
    private static final int BACKGROUND_JOBS = 2;
    private static final double MEMTABLE_FILTER_PART = 0.01; // of the memory for writing
    private static final int READ_CACHE_TENTHS = 9; // of the memory for reading; the rest is for RocksDB's blocks
    private static final int READ_CACHE_PART_OF_DIRECT_MEMORY = 2;
    private static final int FLUSHES_PER_COMPACTION = 8;
    private static final int FILTER_BITS_PER_KEY = 10;
    private static final long SYNC_BYTES = 1 << 20;

    private final NativeLibrary.Use library = NativeLibrary.use();
    private final long readCacheBytes;
    private final Cache blockCache;
    private final BloomFilter filter = new BloomFilter(FILTER_BITS_PER_KEY);
    private final DBOptions database;
    private final ColumnFamilyOptions family;

    RocksSettings(StoreOptions options) {
        readCacheBytes = Math.min(
                options.blockCacheBytes() * READ_CACHE_TENTHS / 10,
                DirectMemory.maxBytes() / READ_CACHE_PART_OF_DIRECT_MEMORY);
        blockCache = new LRUCache(options.blockCacheBytes() - readCacheBytes);
        database = DBOptions.getDBOptionsFromProps(properties())
                .setCreateIfMissing(true)
                .setAtomicFlush(true)
                .setAvoidFlushDuringShutdown(true)
                .setAllowConcurrentMemtableWrite(false) // one thread writes
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setMaxOpenFiles(-1)
                .setBytesPerSync(SYNC_BYTES)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(1)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setSkipStatsUpdateOnDbOpen(true);
        family = new ColumnFamilyOptions()
                .setWriteBufferSize(NEVER_FULL_BYTES)
                .setMaxWriteBufferNumber(WRITE_BUFFERS)
                .setLevel0FileNumCompactionTrigger(FLUSHES_PER_COMPACTION)
                .setLevel0SlowdownWritesTrigger(3 * FLUSHES_PER_COMPACTION)
                .setLevel0StopWritesTrigger(5 * FLUSHES_PER_COMPACTION)
                .setMemtableWholeKeyFiltering(true)
                .setMemtablePrefixBloomSizeRatio(MEMTABLE_FILTER_PART * options.writeBufferBytes() / NEVER_FULL_BYTES)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(blockCache)
                        .setFilterPolicy(filter)
                        .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash));
    }

    /** What has no setter: a failed write is final, so RocksDB doesn't try to resume. */
    private static Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("max_bgerror_resume_count", "0");
        return properties;
    }

    /** What of the memory for reading is for single entries; the rest is for RocksDB's blocks. */
    long readCacheBytes() {
        return readCacheBytes;
    }

    DBOptions database() {
        return database;
    }

    ColumnFamilyOptions family() {
        return family;
    }

    /** The column families that a directory holds, the default one first. */
    List<ColumnFamilyDescriptor> descriptorsOf(Path directory) throws RocksDBException {
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family));
        if (Files.exists(directory.resolve("CURRENT"))) {
            try (Options options = new Options()) {
                for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
                    if (!new String(name, StandardCharsets.UTF_8).equals("default")) {
                        descriptors.add(new ColumnFamilyDescriptor(name, family));
                    }
                }
            }
        }
        return descriptors;
    }

    @Override
    public void close() {
        database.close();
        family.close();
        filter.close();
        blockCache.close();
        library.close();
    }
}
