package org.understudy.cdi.jta;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.understudy.Environment;
import org.understudy.spi.SurroundingTransactions;

/** The application's JTA transactions, for its environments. Names none of JTA's own types, which need not be there. */
public interface Jta {

    /** There is no JTA, or it is to be left alone. */
    Jta NONE = new Jta() {
        @Override
        public Optional<SurroundingTransactions> surroundings(String environment, Consumer<HeuristicOutcome> told) {
            return Optional.empty();
        }

        @Override
        public boolean wouldBegin() {
            return false;
        }
    };

    /** What has an environment's calls join; empty if they join nothing. {@code told} hears of heuristic outcomes. */
    Optional<SurroundingTransactions> surroundings(String environment, Consumer<HeuristicOutcome> told);

    /** The environments are open: those whose calls join, by name. */
    default void opened(Map<String, Environment> environments) {}

    /** The environments are about to close. */
    default void closing() {}

    /** Whether a JTA transaction that begins now on this thread would be the outermost one, and joined. */
    boolean wouldBegin();
}
