/** The one place that joins log, store, protocol and network to what an application holds in its hands. */
package org.understudy.site;
