package org.understudy.simulation;

import java.util.Map;
import java.util.TreeMap;
import org.understudy.log.GenerationStart;
import org.understudy.log.LogRecord;
import org.understudy.log.RecordKind;

/** One mastership id per generation (protocol.md §13, invariant 1). */
final class OneMastership implements Observer {
    private final Map<Long, GenerationStart> starts = new TreeMap<>();

    @Override
    public void written(SimulatedSite site, LogRecord record) {
        if (record.kind() == RecordKind.GENERATION) {
            GenerationStart start = GenerationStart.decode(record.payload());
            GenerationStart earlier = starts.putIfAbsent(record.generation(), start);
            if (earlier != null) {
                throw new Violation(
                        "one mastership id per generation (§13.1)",
                        site + " begins generation " + record.generation() + " as " + start + " after " + earlier);
            }
        }
    }
}
