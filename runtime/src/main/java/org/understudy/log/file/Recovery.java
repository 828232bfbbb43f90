package org.understudy.log.file;

import org.understudy.Standing;

/**
 * What the opening of a log found.
 *
 * @param last how far the log reaches
 * @param file the file whose end was looked at
 * @param cutAt the position it was cut at
 * @param cutBytes how much of a torn write was cut; 0 after an orderly end
 */
public record Recovery(Standing last, String file, long cutAt, long cutBytes) {

    /** Whether a torn write was cut. */
    public boolean wasTorn() {
        return cutBytes > 0;
    }
}
