/** The master's side of a commit: who owns the log's tail, who forces, and who waits for what. */
package org.understudy.site.commit;
