/** The files of the log and of the ballot, on a port that a disk and the simulator implement. */
package org.understudy.log.file;
