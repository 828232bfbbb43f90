package org.understudy.site.message;

import java.util.concurrent.atomic.LongAdder;

/** What happened to messages since the environment was opened. */
final class MessageCounts {
    final LongAdder sent = new LongAdder();
    final LongAdder received = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder timeouts = new LongAdder();
    final LongAdder lateAnswers = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder unhandled = new LongAdder();
}
