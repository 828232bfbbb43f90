/** What integration tests of several modules need. */
package org.understudy.it.support;
