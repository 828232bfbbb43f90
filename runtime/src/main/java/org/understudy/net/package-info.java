/** The wire format, which is plain Java, and the connections between sites, which are Vert.x's. */
package org.understudy.net;
