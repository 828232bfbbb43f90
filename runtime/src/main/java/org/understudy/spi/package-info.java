/** Where the API finds the implementation that is on the class path, and the transactions of whatever it runs in. */
package org.understudy.spi;
