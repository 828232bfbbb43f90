package org.understudy.cdi.mastership;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.understudy.AckPolicy;
import org.understudy.Codecs;
import org.understudy.ConflictException;
import org.understudy.Database;
import org.understudy.Entry;
import org.understudy.Environment;
import org.understudy.KeyRange;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.Transaction;
import org.understudy.TransactionOptions;

/**
 * Has every tick of a timer begin once at most in a generation, and tells of those that no site ran: by a record in the
 * environment that a majority has before the tick begins.
 */
final class TickBook {

    /** The database it is kept in. */
    static final String DATABASE = "understudy-ticks";

    /** Ticks of so short a time ago may still be on their way when a mastership begins. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final TransactionOptions BY_MAJORITY = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.QUORUM);
    private static final TransactionOptions AT_ONCE = TransactionOptions.DEFAULT.withAckPolicy(AckPolicy.NONE);
    private static final int ATTEMPTS = 10;
    private static final Logger LOG = System.getLogger(TickBook.class.getName());

    private final Environment environment;
    private final MastershipHost host;
    private final Tally tally;
    private final Clock clock;
    private final Instant since;
    private final Database<String, String> records;
    private final Map<String, LocalTimer> timers = new ConcurrentHashMap<>();

    TickBook(Environment environment, MastershipHost host, Tally tally, Clock clock) {
        this.environment = environment;
        this.host = host;
        this.tally = tally;
        this.clock = clock;
        this.since = clock.instant();
        this.records = environment.database(DATABASE, Codecs.STRING, Codecs.STRING);
    }

    /** A tick that comes at this site now. */
    Tick arrived(String timer, Optional<Instant> next) {
        return new Tick(timer, local(timer).arrived(clock.instant(), next), next);
    }

    private LocalTimer local(String timer) {
        return timers.computeIfAbsent(timer, name -> new LocalTimer(since));
    }

    /** A tick is not run here. */
    void skip(Tick tick) {
        local(tick.timer()).skipped().add(tick.instant());
    }

    /** Whether a tick is to run now, under a mastership; then it is {@link #end}ed later. Tells of those missed before it. */
    boolean begin(Tick tick, HeldMastership held) {
        LocalTimer local = local(tick.timer());
        List<TickMissed> missed = new ArrayList<>();
        boolean begun;
        if (!held.isStillMaster()) {
            skip(tick);
            return false;
        }
        try {
            begun = inTransaction(BY_MAJORITY, transaction -> {
                missed.clear();
                Optional<TickRecord> before = get(transaction, tick.timer());
                if (before.isPresent() && !before.get().admits(tick.instant(), held.generation())) {
                    return false;
                }
                before.ifPresent(known -> missed.addAll(
                        known.missedBy(tick, environment.name(), local.skipped(), local.isRunning(known.last()))));
                put(transaction, tick.timer(), TickRecord.begun(tick, held.generation()));
                return true;
            });
        } catch (ReplicationException e) {
            failed(tick, missed, e);
            return false;
        }
        tell(missed);
        if (begun && held.isStillMaster()) {
            local.begin(tick.instant());
            tally.tickRun();
            return true;
        }
        LOG.log(
                Level.INFO,
                "USTDY-0882 [{0}] the tick of {1} at {2} does not run: it has run already, or mastership has gone",
                held.place(),
                tick.timer(),
                tick.instant());
        return false;
    }

    /** Without the majority's word the tick does not run; it is missed, whether the record lasts or not. */
    private void failed(Tick tick, List<TickMissed> missed, ReplicationException why) {
        skip(tick);
        LOG.log(
                Level.WARNING,
                "USTDY-0883 [{0}] the tick of {1} at {2} does not run: {3}",
                Place.of(environment.config()),
                tick.timer(),
                tick.instant(),
                why.getMessage());
        if (!why.isRetriable()) {
            tell(missed);
        }
    }

    /** A tick that began here has ended, well or badly; one that was cut off is left for the next master to tell of. */
    void end(Tick tick, HeldMastership held) {
        try {
            if (!held.isStillMaster()) {
                return;
            }
            inTransaction(AT_ONCE, transaction -> {
                get(transaction, tick.timer())
                        .filter(known -> known.last().equals(tick.instant()) && known.generation() == held.generation())
                        .ifPresent(known -> put(transaction, tick.timer(), known.afterItsEnd()));
                return true;
            });
        } catch (ReplicationException e) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0884 [{0}] the tick of {1} at {2} has ended, and the group does not know: {3}",
                    held.place(),
                    tick.timer(),
                    tick.instant(),
                    e.getMessage());
        } finally {
            local(tick.timer()).end(clock.instant());
        }
    }

    /** A mastership has begun here: tells what was missed of the timers whose names begin with one of these. */
    void review(long generation, List<String> prefixes) {
        Instant until = clock.instant().minus(GRACE);
        List<TickMissed> missed = new ArrayList<>();
        try {
            inTransaction(BY_MAJORITY, transaction -> {
                missed.clear();
                prefixes.forEach(prefix -> review(transaction, prefix, until, generation, missed));
                return true;
            });
        } catch (ReplicationException e) {
            LOG.log(
                    Level.INFO,
                    "USTDY-0885 [{0}] missed ticks are told of with the next tick: {1}",
                    Place.of(environment.config()),
                    e.getMessage());
            if (e.isRetriable()) {
                return;
            }
        }
        tell(missed);
    }

    private void review(
            Transaction transaction, String prefix, Instant until, long generation, List<TickMissed> missed) {
        List<Entry<String, String>> known;
        try (Stream<Entry<String, String>> entries = records.stream(transaction, KeyRange.prefix(prefix))) {
            known = entries.toList();
        }
        for (Entry<String, String> entry : known) {
            TickRecord before = TickRecord.parse(entry.value());
            SkippedTicks skipped = local(entry.key()).skipped();
            List<TickMissed> found = before.missedUntil(until, generation, entry.key(), environment.name(), skipped);
            if (!found.isEmpty()) {
                missed.addAll(found);
                get(transaction, entry.key());
                put(transaction, entry.key(), before.told(until, generation, skipped));
            }
        }
    }

    private Optional<TickRecord> get(Transaction transaction, String timer) {
        return records.get(transaction, timer).map(TickRecord::parse);
    }

    private void put(Transaction transaction, String timer, TickRecord known) {
        records.put(transaction, timer, known.toString());
    }

    /** A transaction of its own, whichever surrounds the thread. */
    private boolean inTransaction(TransactionOptions options, Function<Transaction, Boolean> body) {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = environment.begin(options)) {
                boolean result = body.apply(transaction);
                transaction.commit();
                return result;
            } catch (ConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void tell(List<TickMissed> missed) {
        for (TickMissed one : missed) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0881 [{0}] of the ticks of {1} due from {2} on and before {3} none ran whole: {4}",
                    Place.of(environment.config()),
                    one.timer(),
                    one.from(),
                    one.until(),
                    one.cause());
            tally.ticksMissed();
            host.fire(environment.name(), one);
        }
    }
}
