package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.understudy.Durability;
import org.understudy.SiteState;
import org.understudy.log.GroupTerms;
import org.understudy.log.LogRecord;
import org.understudy.log.Member;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordBatchBuilder;
import org.understudy.log.RecordKind;
import org.understudy.protocol.Peer;
import org.understudy.protocol.ReplicaSettings;
import org.understudy.protocol.ReplicaTimes;
import org.understudy.protocol.SyncSettings;

/** The group of three that is searched: who is in it, and the record that says so. */
final class Member3 {
    static final int SITES = 3;
    static final int MAJORITY = 2;
    static final UUID GROUP = new UUID(7, 7);
    static final LogRecord FIRST = first();

    private static final GroupTerms TERMS = GroupTerms.of(Durability.SYNC, 1 << 20);
    private static final long NEVER = 1L << 40;

    private Member3() {}

    static String name(int site) {
        return (char) ('a' + site) + ":1";
    }

    static Peer peer(int site) {
        return new Peer(name(site), new UUID(1, site));
    }

    static int number(String name) {
        return name.charAt(0) - 'a';
    }

    static MemberTable table() {
        List<Member> members = new ArrayList<>();
        for (int site = 0; site < SITES; site++) {
            members.add(new Member(site + 1, name(site), peer(site).incarnation(), SiteState.PRESENT, false, 100));
        }
        return new MemberTable(GROUP, SITES + 1, GroupTerms.of(Durability.SYNC, 1 << 20), members, List.of());
    }

    private static LogRecord first() {
        byte[] change = new MembershipChange(MemberTable.NONE, table()).encode();
        return new RecordBatchBuilder()
                .add(0, 1, RecordKind.MEMBERSHIP, change)
                .build()
                .iterator()
                .next();
    }

    /** Time stands still: nothing is ever due, and elections begin when the search says so. */
    static ReplicaSettings settings(int site) {
        return new ReplicaSettings(
                "exhaustive",
                name(site),
                100,
                false,
                true,
                TERMS,
                new ReplicaTimes(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER),
                SyncSettings.of(1 << 20, 1 << 16));
    }
}
