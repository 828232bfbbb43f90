/** One site process of a benchmark: a member of one contender's group, driven by lines on its standard input. */
package org.understudy.benchmarks.site;
