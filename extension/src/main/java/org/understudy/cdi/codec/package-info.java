/** How the types that an application names at its injection points become keys and values of a database. */
package org.understudy.cdi.codec;
