package org.understudy.cdi.jta;

import java.util.List;

/**
 * A transactional method has come to its end, but its JTA transaction did not end alike everywhere, or may not have. Not to be
 * repeated blindly: {@link #outcomes()} names the commits to look up. Thrown by methods with {@link
 * jakarta.transaction.Transactional} that began the transaction; what the transaction manager threw, if it did, is suppressed
 * in it.
 */
public final class HeuristicOutcomeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<HeuristicOutcome> outcomes;

    HeuristicOutcomeException(List<HeuristicOutcome> outcomes) {
        super(
                "The JTA transaction did not certainly end alike everywhere: "
                        + String.join(
                                "; ",
                                outcomes.stream()
                                        .map(HeuristicOutcome::toString)
                                        .toList())
                        + "; look the commits up before repeating it",
                outcomes.stream()
                        .flatMap(outcome -> outcome.doubt().stream())
                        .findFirst()
                        .orElse(null));
        this.outcomes = List.copyOf(outcomes);
    }

    /** What each environment made of it whose outcome is heuristic; empty in a copy that was serialised. */
    public List<HeuristicOutcome> outcomes() {
        return outcomes == null ? List.of() : outcomes;
    }
}
