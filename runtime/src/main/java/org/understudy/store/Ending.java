package org.understudy.store;

/** Why a transaction can't be used any more. */
enum Ending {
    /** It was closed. */
    CLOSED,
    /** What it read was rolled back or replaced. */
    LOST,
    /** It was open for too long. */
    TOO_OLD,
    /** The store was closed. */
    STORE_CLOSED
}
