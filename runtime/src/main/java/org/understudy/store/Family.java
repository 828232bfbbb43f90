package org.understudy.store;

import org.rocksdb.ColumnFamilyHandle;

/**
 * The column family of a database.
 *
 * @param number the database's number
 * @param handle RocksDB's handle
 * @param id RocksDB's own number of the column family, as it stands in batches
 */
record Family(int number, ColumnFamilyHandle handle, int id) {}
