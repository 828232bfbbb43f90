/** Several processes on one environment: the process that has the home serves the others over a socket (protocol.md §11). */
package org.understudy.process;
