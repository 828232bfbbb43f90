package org.understudy.store;

import java.util.function.BiConsumer;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.RocksDB;
import org.rocksdb.Status;

/**
 * Forces the log before RocksDB writes a memtable to disk, so that the data there is always a prefix of the log there
 * (protocol.md §2.1).
 *
 * <p>RocksDB swallows what a listener throws. When the force fails, the flush is stopped by telling RocksDB that it is
 * shutting down: it then gives the flush up before recording it, and starts no other.
 */
final class ForceBeforeFlush extends AbstractEventListener {
    private final Runnable forceLog;
    private final BiConsumer<String, Throwable> onFailure;

    ForceBeforeFlush(Runnable forceLog, BiConsumer<String, Throwable> onFailure) {
        super(EnabledEventCallback.ON_FLUSH_BEGIN, EnabledEventCallback.ON_BACKGROUND_ERROR);
        this.forceLog = forceLog;
        this.onFailure = onFailure;
    }

    @Override
    public void onFlushBegin(RocksDB db, FlushJobInfo flush) {
        try {
            forceLog.run();
        } catch (RuntimeException | Error failed) {
            db.cancelAllBackgroundWork(false);
            onFailure.accept("The log could not be forced before the data was flushed", failed);
        }
    }

    @Override
    public void onBackgroundError(BackgroundErrorReason reason, Status status) {
        onFailure.accept(
                "RocksDB could not write in the background: " + reason + ", " + status.getCodeString(),
                new IllegalStateException(status.getCodeString()));
    }
}
