/** JTA, where there is such a thing: database calls join the transaction that surrounds them. */
package org.understudy.cdi.jta;
