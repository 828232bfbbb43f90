package org.understudy;

import java.util.List;

/**
 * What verifying an environment found.
 *
 * @param standing the last record that the data holds
 * @param logStartLsn the first record of the log, all of which was read
 * @param records how many records were read and had the right checksum
 * @param keysCompared how many keys' values in the data were compared with what the log wrote last
 * @param problems what is wrong, one sentence each
 */
public record VerifyReport(
        Standing standing, long logStartLsn, long records, long keysCompared, List<String> problems) {

    /** Takes a copy. */
    public VerifyReport {
        problems = List.copyOf(problems);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return problems.isEmpty();
    }
}
