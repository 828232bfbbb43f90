/** A process that only replicates an environment, for applications that come and go (protocol.md §11). */
package org.understudy.replicate;
