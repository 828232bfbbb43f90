package org.understudy.process;

import org.understudy.TransactionOptions;

/** Something that is not answered; if it fails, whatever the transaction asks next fails with that. */
sealed interface Note extends Word {

    /** Does what it says. */
    void take(Conversation with);

    /** Begins a transaction that waits for nothing: its snapshot is taken at its first read, wherever it is begun. */
    record Begin(TransactionOptions options) implements Note {
        @Override
        public void take(Conversation with) {
            with.took(with.backend().begin(options));
        }
    }

    /** Puts a value. */
    record Put(String database, byte[] key, byte[] value) implements Note {
        @Override
        public void take(Conversation with) {
            with.transaction().put(database, key, value);
        }
    }

    /** Deletes a key. */
    record Delete(String database, byte[] key) implements Note {
        @Override
        public void take(Conversation with) {
            with.transaction().delete(database, key);
        }
    }

    /** Ends a scan. */
    record CloseCursor(int number) implements Note {
        @Override
        public void take(Conversation with) {
            with.closeCursor(number);
        }
    }

    /** Ends the transaction without committing it, and what else the connection was used for. */
    record End() implements Note {
        @Override
        public void take(Conversation with) {
            with.end();
        }
    }
}
