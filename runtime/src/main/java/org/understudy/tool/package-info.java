/** A command line for homes that nobody has open. */
package org.understudy.tool;
