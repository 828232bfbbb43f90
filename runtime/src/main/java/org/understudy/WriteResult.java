package org.understudy;

/**
 * What a conditional write that was its own transaction did.
 *
 * @param changed whether anything was written
 * @param token the commit; {@link CommitToken#NONE} if nothing was written
 */
public record WriteResult(boolean changed, CommitToken token) {}
