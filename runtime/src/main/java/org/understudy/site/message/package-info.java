/** Messages between applications: channels, outstanding requests, handlers and their threads (protocol.md §10). */
package org.understudy.site.message;
