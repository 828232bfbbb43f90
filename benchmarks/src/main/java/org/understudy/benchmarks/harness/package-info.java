/** The process that starts the groups, takes turns between them, and prints the table. */
package org.understudy.benchmarks.harness;
