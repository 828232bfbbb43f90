/** An application on Helidon MP. What it does is asked for over HTTP. */
package org.understudy.it.helidon;
