package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.understudy.log.LogRecord;
import org.understudy.simulation.Violation;

/**
 * The safety invariants of protocol.md §13 that it takes more than one site to break, and what must be remembered to check
 * them. It does not change: what a site does makes another one.
 *
 * @param permanent the records that were ever called permanent, by their ids, in their order
 * @param masterships the first record of each mastership, by generation
 * @param votes who voted for whom, by generation and site
 */
record Promises(List<Long> permanent, Map<Long, Long> masterships, Map<Long, UUID> votes) {
    static final Promises NONE = new Promises(List.of(SmallSite.id(Member3.FIRST)), Map.of(), Map.of());

    /** What is to be remembered once this site has done that, beside the others as they are. */
    Promises after(Deed deed, int site, SmallSite[] all) {
        if (deed instanceof Deed.Wrote wrote) {
            logsMatch(wrote.log(), site, all);
            return this;
        } else if (deed instanceof Deed.BecameMaster master) {
            return mastershipBegins(master, site);
        } else if (deed instanceof Deed.CalledPermanent called) {
            return calledPermanent(called, site, all);
        }
        return voted((Deed.Voted) deed, site);
    }

    /** Invariants 1 and 4. */
    private Promises mastershipBegins(Deed.BecameMaster master, int site) {
        List<LogRecord> log = master.log();
        long id = SmallSite.id(log.get(log.size() - 1));
        Map<Long, Long> more = new HashMap<>(masterships);
        Long other = more.put(master.generation(), id);
        if (other != null && other != id) {
            throw new Violation("one mastership id per generation (§13.1)", "generation " + master.generation());
        }
        if (!SmallSite.holds(log, log.size(), permanent)) {
            throw new Violation(
                    "what is permanent is in every later master's log (§13.4)",
                    Member3.name(site) + " becomes master of " + master.generation() + " without all of the "
                            + permanent.size() + " permanent records");
        }
        return new Promises(permanent, more, votes);
    }

    /** Invariant 2. */
    private static void logsMatch(List<LogRecord> log, int site, SmallSite[] all) {
        for (SmallSite other : all) {
            int lsn = Math.min(log.size(), other.log.size());
            while (lsn > 0
                    && log.get(lsn - 1).generation() != other.log.get(lsn - 1).generation()) {
                lsn--;
            }
            for (int i = 0; other.number != site && i < lsn; i++) {
                if (SmallSite.id(log.get(i)) != SmallSite.id(other.log.get(i))) {
                    throw new Violation(
                            "equal (generation, LSN) mean equal records and histories (§13.2)",
                            Member3.name(site) + " and " + Member3.name(other.number) + " at LSN " + (i + 1));
                }
            }
        }
    }

    /** Invariant 3, and what permanent means (§1). */
    private Promises calledPermanent(Deed.CalledPermanent called, int site, SmallSite[] all) {
        if (called.lsn() > called.log().size()) {
            throw new Violation("only what is there is permanent", Member3.name(site) + " says " + called.lsn());
        }
        List<Long> prefix = new ArrayList<>();
        called.log().subList(0, (int) called.lsn()).forEach(record -> prefix.add(SmallSite.id(record)));
        int common = Math.min(prefix.size(), permanent.size());
        if (!prefix.subList(0, common).equals(permanent.subList(0, common))) {
            throw new Violation(
                    "no permanent LSN differs (§13.3)", Member3.name(site) + " calls " + called.lsn() + " permanent");
        }
        if (prefix.size() <= permanent.size()) {
            return this;
        }
        int storing = called.forced() >= prefix.size() ? 1 : 0;
        for (SmallSite each : all) {
            storing += each.number != site && SmallSite.holds(each.log, each.forced, prefix) ? 1 : 0;
        }
        if (storing < Member3.MAJORITY) {
            throw new Violation(
                    "permanent is what a majority stores (§1)",
                    Member3.name(site) + " calls " + called.lsn() + " permanent, " + storing + " store it");
        }
        return new Promises(List.copyOf(prefix), masterships, votes);
    }

    /** Invariant 8. */
    private Promises voted(Deed.Voted vote, int site) {
        Map<Long, UUID> more = new HashMap<>(votes);
        UUID earlier = more.put(vote.generation() * Member3.SITES + site, vote.candidate());
        if (earlier != null && !earlier.equals(vote.candidate())) {
            throw new Violation(
                    "nobody votes twice in a generation (§13.8)",
                    Member3.name(site) + " in generation " + vote.generation());
        }
        return new Promises(permanent, masterships, more);
    }
}
