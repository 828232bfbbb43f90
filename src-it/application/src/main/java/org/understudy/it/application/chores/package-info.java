/** Work that is done on the master only, as a scheduler calls it and as a call does that nobody waits for. */
package org.understudy.it.application.chores;
