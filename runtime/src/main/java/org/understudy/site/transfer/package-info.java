/** Whole copies of the data for sites that the log no longer reaches (protocol.md §5): made and served, fetched and installed. */
package org.understudy.site.transfer;
