/** Where the API finds the implementation that is on the class path. */
package org.understudy.spi;
