package org.understudy.cdi.jta;

import java.util.Optional;
import org.understudy.CommitToken;

/**
 * A JTA transaction that did not end alike everywhere, or may not have: what an environment made of it, and what became of
 * the rest. Nothing undoes it by itself.
 *
 * @param environment the environment's name
 * @param token the commit there, to be looked up with {@link org.understudy.Environment#outcome}; empty if it has no name
 * @param transaction what became of the JTA transaction, and so of the other resources
 * @param doubt why it isn't sure whether the commit lasts, with what the commit failed with; empty if it lasts
 */
public record HeuristicOutcome(
        String environment, Optional<CommitToken> token, JtaOutcome transaction, Optional<Throwable> doubt) {

    /** What became of a JTA transaction. */
    public enum JtaOutcome {
        COMMITTED,
        ROLLED_BACK,
        /** The transaction manager does not know either. */
        UNKNOWN
    }

    /** One sentence for people. */
    @Override
    public String toString() {
        return "environment " + environment + ": commit "
                + token.map(CommitToken::toString).orElse("without a name")
                + doubt.map(cause -> " may or may not last (" + cause.getMessage() + ")")
                        .orElse(" lasts")
                + ", and the JTA transaction "
                + switch (transaction) {
                    case COMMITTED -> "was committed";
                    case ROLLED_BACK -> "was rolled back";
                    case UNKNOWN -> "has ended nobody knows how";
                };
    }
}
