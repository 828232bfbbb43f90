/** What the application does while it starts. */
package org.understudy.it.application.start;
