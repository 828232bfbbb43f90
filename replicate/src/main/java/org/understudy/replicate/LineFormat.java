package org.understudy.replicate;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A log record as one line: time in UTC, level, message; behind an exception its stack. */
final class LineFormat extends Formatter {

    @Override
    public String format(LogRecord record) {
        Instant time = Instant.ofEpochMilli(record.getMillis()).truncatedTo(ChronoUnit.MILLIS);
        StringWriter line = new StringWriter();
        line.append(time.toString())
                .append(' ')
                .append(record.getLevel().getName())
                .append(' ')
                .append(formatMessage(record).replace("\n", "\n    "))
                .append('\n');
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line, true));
        }
        return line.toString();
    }
}
