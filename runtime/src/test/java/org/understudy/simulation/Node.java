package org.understudy.simulation;

import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.LogRecord;
import org.understudy.log.MemberTable;
import org.understudy.log.MembershipChange;
import org.understudy.log.RecordKind;

/**
 * One record that was ever written anywhere, tied to the one before it: all logs there ever were are paths in the tree of
 * these.
 */
final class Node {
    /** What comes before every first record. */
    static final Node ROOT = new Node();

    private final Optional<Node> parent;
    private final Standing standing;
    private final RecordKind kind;
    private final long content;
    private final long serial;
    private final long valuesHash;
    private final MemberTable members;
    private final Node membership;

    private Node() {
        parent = Optional.empty();
        standing = Standing.ZERO;
        kind = RecordKind.GENERATION;
        content = 0;
        serial = 0;
        valuesHash = 0;
        members = MemberTable.NONE;
        membership = this;
    }

    /** The record behind another. */
    Node(Node parent, LogRecord record) {
        this.parent = Optional.of(parent);
        this.standing = record.standing();
        this.kind = record.kind();
        this.content = contentOf(record);
        boolean changesMembers = kind == RecordKind.MEMBERSHIP;
        this.members =
                changesMembers ? MembershipChange.decode(record.payload()).after() : parent.members;
        this.membership = changesMembers ? this : parent.membership;
        if (kind.hasChanges()) {
            Changes changes = Changes.read(record);
            this.serial = changes.serial();
            this.valuesHash = parent.valuesHash + difference(changes);
        } else {
            this.serial = 0;
            this.valuesHash = parent.valuesHash;
        }
    }

    private static long difference(Changes changes) {
        long difference = 0;
        for (int i = 0; i < changes.keys().length; i++) {
            int key = changes.keys()[i];
            difference += DataImage.hash(key, changes.after()[i]) - DataImage.hash(key, changes.before()[i]);
        }
        for (SessionChange change : changes.sessions()) {
            difference += change.difference();
        }
        return difference;
    }

    /** A number equal for records of equal payload. */
    static long contentOf(LogRecord record) {
        return record.payload().hashCode() * 31L + record.kind().code();
    }

    Standing standing() {
        return standing;
    }

    long lsn() {
        return standing.lsn();
    }

    long generation() {
        return standing.generation();
    }

    RecordKind kind() {
        return kind;
    }

    long content() {
        return content;
    }

    /** The transaction's serial; 0 for another kind. */
    long serial() {
        return serial;
    }

    /** What the data's values hash to with all records up to this one applied. */
    long valuesHash() {
        return valuesHash;
    }

    /** The member table in force behind this record. */
    MemberTable members() {
        return members;
    }

    /** The record that put that table in force. */
    Node membership() {
        return membership;
    }

    /** The record before; none before the root. */
    Optional<Node> parent() {
        return parent;
    }

    /** The record at an LSN on the way here; {@code lsn <= lsn()}. */
    Node at(long lsn) {
        Node node = this;
        while (node.lsn() > lsn) {
            node = node.parent.orElseThrow();
        }
        return node;
    }

    /** Whether a log that ends here holds the other record. */
    boolean holds(Node other) {
        return lsn() >= other.lsn() && at(other.lsn()) == other;
    }

    @Override
    public String toString() {
        return kind + " " + standing;
    }
}
