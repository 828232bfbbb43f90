package org.understudy.site.drive;

import org.understudy.protocol.Effect;

/** Where a replica's news for the rest of its process go. Called on the loop; must neither block nor throw. */
public interface Announcements {

    /** An event for the application. */
    void fire(Effect.Fire event);

    /** Role, generation or master changed. */
    void roleChanged(Effect.RoleChanged now);

    /** The permanent LSN rose. */
    void permanentAdvanced(long lsn);

    /** What was asked for has ended. */
    void commandEnded(Effect.CommandEnded ended);

    /** A write that was forwarded has ended. */
    void forwardEnded(Effect.ForwardEnded ended);

    /** Something for those who read. */
    void forReader(Effect.ForReader effect);

    /** A turn of the loop has ended. */
    void turnEnded();

    /** When a turn is wanted although nothing has happened; {@link Long#MAX_VALUE} for never. */
    long nextDeadlineMicros();

    /** The site stops for good. */
    void panicked(RuntimeException why);
}
