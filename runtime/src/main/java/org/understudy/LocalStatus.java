package org.understudy;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * This site, in a {@link Status}.
 *
 * @param environment the environment's name
 * @param name the site; empty without a local site
 * @param id its site id; empty until it is a member
 * @param incarnation the id made with the environment
 * @param group the id of its group; empty until it is known
 * @param role what it is
 * @param phase how far it is in synchronising
 * @param generation the highest generation it has seen
 * @param master the master as far as it knows
 * @param standing its last record
 * @param permanentLsn its permanent LSN
 * @param appliedLsn the last record whose effects are readable here
 * @param forcedLsn the last record known to be forced to its disk
 * @param lagRecords how many records the master was known to have that are not applied here
 * @param priority its priority in the member table
 * @param view whether it is a view
 * @param barred why it may neither vote nor acknowledge for now (protocol.md §2.3), if it is so
 * @param writable whether its storage takes writes: false once a write or a force has failed
 * @param responsive whether its threads have lately done what they were asked to
 * @param startedOnce whether it has been ready at any time since it was opened
 * @param ready whether it is of use to the application now: a member that knows its master and is up to date
 * @param reason why it is not ready; empty if it is
 */
public record LocalStatus(
        String environment,
        Optional<String> name,
        OptionalInt id,
        UUID incarnation,
        Optional<UUID> group,
        Role role,
        SyncPhase phase,
        long generation,
        Optional<String> master,
        Standing standing,
        long permanentLsn,
        long appliedLsn,
        long forcedLsn,
        long lagRecords,
        int priority,
        boolean view,
        Optional<String> barred,
        boolean writable,
        boolean responsive,
        boolean startedOnce,
        boolean ready,
        Optional<String> reason) {}
