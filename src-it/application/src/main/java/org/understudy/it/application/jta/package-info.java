/** What the application does in JTA transactions, with the server's own SQL database as the other resource. */
package org.understudy.it.application.jta;
