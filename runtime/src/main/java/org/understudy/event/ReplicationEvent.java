package org.understudy.event;

/**
 * Something that happened to a site or its group: Berkeley DB's {@code DB_EVENT_REP_*}. Immutable; what it tells was true
 * at its {@link #origin()}.
 */
public sealed interface ReplicationEvent
        permits BecameMaster,
                BecameClient,
                NewMaster,
                Elected,
                ElectionStarted,
                ElectionFailed,
                StartupDone,
                MasterFailure,
                ConnectionEstablished,
                ConnectionBroken,
                ConnectionTryFailed,
                PermFailed,
                SiteAdded,
                SiteRemoved,
                LocalSiteRemoved,
                DuplicateMaster,
                InitDone,
                RolledBack,
                WriteFailed,
                SyncProgress,
                JoinFailure,
                PossibleLoss,
                SiteFallingBehind,
                Takeover,
                TakeoverFailed,
                WouldRollback,
                LogFilling {

    /** Where and when it happened. */
    EventOrigin origin();
}
