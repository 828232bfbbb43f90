package org.understudy;

import java.util.Optional;
import org.understudy.spi.SurroundingTransactions;

/** What a configuration holds beside its options: code that the environment calls. */
record ConfigParts(
        Optional<DatabaseFilter> filter,
        PartCodec partCodec,
        Optional<SurroundingTransactions> surroundingTransactions) {

    static final ConfigParts NONE = new ConfigParts(Optional.empty(), PartCodec.PLAIN, Optional.empty());

    ConfigParts withFilter(DatabaseFilter chooses) {
        return new ConfigParts(Optional.of(chooses), partCodec, surroundingTransactions);
    }

    ConfigParts withPartCodec(PartCodec codec) {
        return new ConfigParts(filter, codec, surroundingTransactions);
    }

    ConfigParts withSurroundingTransactions(SurroundingTransactions transactions) {
        return new ConfigParts(filter, partCodec, Optional.of(transactions));
    }
}
