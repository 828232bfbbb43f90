package org.understudy.site.commit;

import org.understudy.Standing;

/** Learns what becomes of the log's tail. Called by whoever owns it or forces it: must neither block nor throw. */
public interface TailListener {

    /** These records are in the operating system's hands; told in order of LSN. */
    void appended(AppendedBatch batch);

    /** The log is forced up to here. */
    void forced(Standing standing);

    /** Writing failed for good. */
    void failed(RuntimeException reason);
}
