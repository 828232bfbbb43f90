package org.understudy.site;

import org.understudy.CommitToken;

/** What a transaction returned, and the name of its commit. */
record Written<T>(T result, CommitToken token) {}
