package org.understudy.site.commit;

import java.util.List;
import org.understudy.log.RecordBatch;

/**
 * Records that the tail's owner has handed to the operating system.
 *
 * @param generation the mastership they belong to
 * @param records the records
 * @param commits those that wrote them, in order; none for records of the protocol's own
 * @param stored whether they count as stored with that, or only once they are forced
 */
public record AppendedBatch(long generation, RecordBatch records, List<PendingCommit> commits, boolean stored) {}
