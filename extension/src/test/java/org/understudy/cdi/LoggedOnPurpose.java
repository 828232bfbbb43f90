package org.understudy.cdi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Keeps what a class logs about a test's own exceptions out of the build's output, and remembers it; the rest is printed. */
final class LoggedOnPurpose implements Filter, AutoCloseable {

    private final List<Logger> loggers;
    private final String phrase;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    /** The exceptions are known by a phrase in their message. */
    LoggedOnPurpose(String phrase, Class<?>... classes) {
        this(phrase, Stream.of(classes).map(Class::getName).toArray(String[]::new));
    }

    /** The same for classes that a test can't see. */
    LoggedOnPurpose(String phrase, String... classes) {
        this.phrase = phrase;
        this.loggers = Stream.of(classes).map(Logger::getLogger).toList();
        loggers.forEach(logger -> logger.setFilter(this));
    }

    /** What was logged about them. */
    List<String> messages() {
        return messages;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        boolean onPurpose =
                entry.getThrown() != null && String.valueOf(entry.getThrown()).contains(phrase);
        if (onPurpose) {
            messages.add(entry.getMessage());
        }
        return !onPurpose;
    }

    @Override
    public void close() {
        loggers.forEach(logger -> logger.setFilter(null));
    }
}
