/** Backups of a home and back: a copy of the data with the end of its log, and a manifest with checksums. */
package org.understudy.site.backup;
