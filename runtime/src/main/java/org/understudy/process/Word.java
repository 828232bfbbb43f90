package org.understudy.process;

/** What a subordinate says on a connection for calls. */
sealed interface Word permits Request, Note {}
