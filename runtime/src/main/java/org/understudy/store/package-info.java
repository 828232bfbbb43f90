/**
 * The data, in RocksDB without a write-ahead log of its own: applying and undoing log records, snapshots and
 * transactions, the conflict check, checkpoints (protocol.md §2, §5, §7, §8).
 */
package org.understudy.store;
