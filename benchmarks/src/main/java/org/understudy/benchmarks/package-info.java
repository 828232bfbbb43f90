/** What the harness and the site processes say to each other. */
package org.understudy.benchmarks;
