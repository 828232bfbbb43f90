/** Application servers in processes of their own, as tests start, fill, kill and stop them. */
package org.understudy.it.server;
