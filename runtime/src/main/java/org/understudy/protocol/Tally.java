package org.understudy.protocol;

import org.understudy.ForwardingStatus;
import org.understudy.MessageStatus;
import org.understudy.RecordStatus;
import org.understudy.event.BecameMaster;
import org.understudy.event.DuplicateMaster;
import org.understudy.event.NewMaster;
import org.understudy.event.ReplicationEvent;
import org.understudy.log.RecordBatch;

/** Counts what a replica does, where it does it, for its status. */
final class Tally {
    private long sent;
    private long notSent;
    private long received;
    private long badGeneration;
    private long records;
    private long transactions;
    private long duplicated;
    private long rangesRequested;
    private long rangesRefused;
    private long masterChanges;
    private long duplicateMasters;
    private long writesForwarded;
    private long writesReceived;

    void sent(Message message) {
        sent++;
        if (message instanceof Message.RangeRequest) {
            rangesRequested++;
        }
    }

    void notSent() {
        notSent++;
    }

    void received() {
        received++;
    }

    void badGeneration() {
        badGeneration++;
    }

    /** Records of another site have become part of the log. */
    void taken(RecordBatch batch) {
        records += batch.count();
        transactions += batch.count() - batch.controlRecords().size();
    }

    /** A master's records came; the log ends here. */
    void streamed(RecordBatch batch, long lastLsn) {
        duplicated += Math.max(0, Math.min(batch.lastLsn(), lastLsn) - batch.firstLsn() + 1);
    }

    void rangeRefused() {
        rangesRefused++;
    }

    void fired(ReplicationEvent event) {
        if (event instanceof NewMaster || event instanceof BecameMaster) {
            masterChanges++;
        } else if (event instanceof DuplicateMaster) {
            duplicateMasters++;
        }
    }

    /** This site's application wrote at another site's master. */
    void forwarded() {
        writesForwarded++;
    }

    /** Another site's application wrote at this master. */
    void forwardReceived() {
        writesReceived++;
    }

    ForwardingStatus forwarding() {
        return new ForwardingStatus(writesForwarded, writesReceived);
    }

    long masterChanges() {
        return masterChanges;
    }

    long duplicateMasters() {
        return duplicateMasters;
    }

    MessageStatus messages() {
        return new MessageStatus(sent, notSent, received, badGeneration);
    }

    RecordStatus records() {
        return new RecordStatus(records, transactions, duplicated, rangesRequested, rangesRefused);
    }
}
