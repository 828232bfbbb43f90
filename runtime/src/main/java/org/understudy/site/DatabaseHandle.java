package org.understudy.site;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.understudy.ByteRange;
import org.understudy.Codec;
import org.understudy.CommitToken;
import org.understudy.Consistency;
import org.understudy.Cursor;
import org.understudy.Database;
import org.understudy.Direction;
import org.understudy.Entry;
import org.understudy.KeyRange;
import org.understudy.Transaction;
import org.understudy.TransactionFunction;
import org.understudy.TransactionOptions;
import org.understudy.WriteResult;
import org.understudy.backend.Write;

/** A database as the application holds it: a name and two codecs in front of what serves it. */
final class DatabaseHandle<K, V> implements Database<K, V> {
    private final Transactions transactions;
    private final String name;
    private final Codec<K> keys;
    private final Codec<V> values;

    DatabaseHandle(Transactions transactions, String name, Codec<K> keys, Codec<V> values) {
        this.transactions = transactions;
        this.name = name;
        this.keys = Objects.requireNonNull(keys, "keys");
        this.values = Objects.requireNonNull(values, "values");
    }

    @Override
    public String name() {
        return name;
    }

    // ---- in a transaction ----

    @Override
    public Optional<V> get(Transaction transaction, K key) {
        byte[] encoded = keys.encode(key);
        return transactions.open(transaction).get(name, encoded).map(values::decode);
    }

    @Override
    public boolean contains(Transaction transaction, K key) {
        byte[] encoded = keys.encode(key);
        return transactions.open(transaction).get(name, encoded).isPresent();
    }

    @Override
    public Optional<V> getForUpdate(Transaction transaction, K key) {
        byte[] encoded = keys.encode(key);
        return transactions.open(transaction).getForUpdate(name, encoded).map(values::decode);
    }

    @Override
    public void put(Transaction transaction, K key, V value) {
        byte[] encodedKey = keys.encode(key);
        transactions.open(transaction).put(name, encodedKey, values.encode(value));
    }

    @Override
    public boolean putIfAbsent(Transaction transaction, K key, V value) {
        boolean absent = !contains(transaction, key);
        if (absent) {
            put(transaction, key, value);
        }
        return absent;
    }

    @Override
    public boolean delete(Transaction transaction, K key) {
        boolean present = contains(transaction, key);
        if (present) {
            deleteBlindly(transaction, key);
        }
        return present;
    }

    private void deleteBlindly(Transaction transaction, K key) {
        transactions.open(transaction).delete(name, keys.encode(key));
    }

    @Override
    public void putAll(Transaction transaction, Map<? extends K, ? extends V> entries) {
        entries.forEach((key, value) -> put(transaction, key, value));
    }

    @Override
    public void deleteAll(Transaction transaction, Collection<? extends K> toDelete) {
        toDelete.forEach(key -> deleteBlindly(transaction, key));
    }

    @Override
    public long count(Transaction transaction) {
        return transactions.open(transaction).count(name);
    }

    @Override
    public Cursor<K, V> cursor(Transaction transaction, KeyRange<K> range, Direction direction) {
        return open(transaction, range, direction);
    }

    private CursorHandle<K, V> open(Transaction transaction, KeyRange<K> range, Direction direction) {
        ByteRange encoded = range.encodedBy(keys);
        return new CursorHandle<>(transactions.open(transaction).cursor(name, encoded, direction), keys, values);
    }

    @Override
    public Cursor<K, V> cursorForUpdate(Transaction transaction, KeyRange<K> range, Direction direction) {
        ByteRange encoded = range.encodedBy(keys);
        return new CursorHandle<>(
                transactions.open(transaction).cursorForUpdate(name, encoded, direction), keys, values);
    }

    @Override
    public Stream<Entry<K, V>> stream(Transaction transaction, KeyRange<K> range) {
        return open(transaction, range, Direction.FORWARDS).stream();
    }

    // ---- on its own ----

    @Override
    public Optional<V> get(K key) {
        return transactions.get(name, keys.encode(key)).map(values::decode);
    }

    @Override
    public Optional<V> get(K key, Consistency consistency) {
        return transactions.read(consistency, transaction -> get(transaction, key));
    }

    @Override
    public CompletionStage<Optional<V>> getAsync(K key, Consistency consistency) {
        return transactions.readAsync(consistency, transaction -> get(transaction, key));
    }

    @Override
    public boolean contains(K key) {
        return transactions.get(name, keys.encode(key)).isPresent();
    }

    @Override
    public long count() {
        return transactions.read(this::count);
    }

    @Override
    public CommitToken put(K key, V value) {
        return transactions.commit(new Write.Put(name, keys.encode(key), values.encode(value)));
    }

    @Override
    public WriteResult putIfAbsent(K key, V value) {
        return result(
                transactions.writing(TransactionOptions.DEFAULT, transaction -> putIfAbsent(transaction, key, value)));
    }

    @Override
    public WriteResult delete(K key) {
        return result(transactions.writing(TransactionOptions.DEFAULT, transaction -> delete(transaction, key)));
    }

    private static WriteResult result(Written<Boolean> written) {
        return new WriteResult(written.result(), written.token());
    }

    @Override
    public CommitToken putAll(Map<? extends K, ? extends V> entries) {
        return transactions
                .writing(TransactionOptions.DEFAULT, putting(entries))
                .token();
    }

    @Override
    public CommitToken deleteAll(Collection<? extends K> toDelete) {
        return transactions
                .writing(TransactionOptions.DEFAULT, deleting(toDelete))
                .token();
    }

    @Override
    public CommitToken truncate() {
        return transactions.commit(new Write.Truncate(name));
    }

    // ---- on its own, without waiting ----

    @Override
    public CompletionStage<CommitToken> putAsync(K key, V value) {
        Write put = new Write.Put(name, keys.encode(key), values.encode(value));
        return transactions.commitStaged(put);
    }

    @Override
    public CompletionStage<WriteResult> putIfAbsentAsync(K key, V value) {
        return transactions
                .writingStaged(transaction -> putIfAbsent(transaction, key, value))
                .thenApply(DatabaseHandle::result);
    }

    @Override
    public CompletionStage<WriteResult> deleteAsync(K key) {
        return transactions
                .writingStaged(transaction -> delete(transaction, key))
                .thenApply(DatabaseHandle::result);
    }

    @Override
    public CompletionStage<CommitToken> putAllAsync(Map<? extends K, ? extends V> entries) {
        return transactions.writingStaged(putting(entries)).thenApply(Written::token);
    }

    @Override
    public CompletionStage<CommitToken> deleteAllAsync(Collection<? extends K> toDelete) {
        return transactions.writingStaged(deleting(toDelete)).thenApply(Written::token);
    }

    @Override
    public CompletionStage<CommitToken> truncateAsync() {
        return transactions.commitStaged(new Write.Truncate(name));
    }

    private TransactionFunction<Boolean> putting(Map<? extends K, ? extends V> entries) {
        return transaction -> {
            putAll(transaction, entries);
            return true;
        };
    }

    private TransactionFunction<Boolean> deleting(Collection<? extends K> toDelete) {
        return transaction -> {
            deleteAll(transaction, toDelete);
            return true;
        };
    }

    @Override
    public String toString() {
        return "database " + name;
    }
}
