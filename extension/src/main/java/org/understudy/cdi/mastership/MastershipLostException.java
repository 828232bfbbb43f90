package org.understudy.cdi.mastership;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.understudy.Place;
import org.understudy.ReplicationException;

/** Mastership went while a {@link MasterOnly} method ran. What it has done so far is done; another site may do the same. */
public final class MastershipLostException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final long generation;

    MastershipLostException(Place place, long generation) {
        super(place, false, message(generation));
        this.generation = generation;
    }

    MastershipLostException(Place place, long generation, Throwable cause) {
        super(place, false, message(generation), cause);
        this.generation = generation;
    }

    /** The first of its kind among an exception and its causes: containers wrap what methods throw. */
    static Optional<MastershipLostException> among(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(MastershipLostException.class::isInstance)
                .map(MastershipLostException.class::cast)
                .findFirst();
    }

    private static String message(long generation) {
        return "This site is no longer master of generation " + generation
                + ", which the call began in; the next master may do the same work, so find out what is done before you repeat it";
    }

    /** The generation that the method began in. */
    public long generation() {
        return generation;
    }
}
