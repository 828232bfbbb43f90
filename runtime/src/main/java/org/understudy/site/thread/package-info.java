/** The threads of an environment, which are the library's own and end with it. */
package org.understudy.site.thread;
