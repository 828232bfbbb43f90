/** What an application uses: the environment, its databases, transactions, configuration, status and exceptions. */
package org.understudy;
