package org.understudy;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Keys and their values in an environment, ordered by key: Berkeley DB's {@code DB}.
 *
 * <p>A handle: it holds nothing, needs no closing and may be shared by all threads. The database itself comes into being
 * with the first write; until then it reads as empty. Each method exists with a {@link Transaction} and on its own; on
 * its own, a read sees the newest snapshot of this site, and a write is a transaction of its own, repeated when it
 * conflicts, that returns when {@link Transaction#commit()} would and throws what that throws. Where a transaction surrounds
 * the thread that calls, it joins that instead: see {@link Environment}.
 *
 * <p>Every method throws {@link EnvironmentClosedException} on a closed environment, and those with a transaction throw
 * {@link TransactionClosedException} on a decided one. A write in a read-only transaction is an {@link
 * IllegalStateException}, a null an {@link NullPointerException}.
 */
public interface Database<K, V> {

    /** The name it is known by in its environment. */
    String name();

    /** The value of a key. A read by key: the transaction conflicts with whoever writes the key before it commits. */
    Optional<V> get(Transaction transaction, K key);

    /** Whether a key has a value. A read by key, like {@link #get(Transaction, Object)}; absence counts too. */
    boolean contains(Transaction transaction, K key);

    /**
     * The value of a key that this transaction means to keep or change. It protects the key even in a transaction whose
     * plain reads are not checked.
     */
    Optional<V> getForUpdate(Transaction transaction, K key);

    /** Sets a key's value. Reads nothing, so by itself it never conflicts. */
    void put(Transaction transaction, K key, V value);

    /** Sets a key's value if it has none, and tells whether it did. A read by key. */
    boolean putIfAbsent(Transaction transaction, K key, V value);

    /** Removes a key, and tells whether it had a value. A read by key; {@link #deleteAll} is the way without. */
    boolean delete(Transaction transaction, K key);

    /** Sets many values. Reads nothing. */
    void putAll(Transaction transaction, Map<? extends K, ? extends V> entries);

    /** Removes many keys, whether they have values or not. Reads nothing. */
    void deleteAll(Transaction transaction, Collection<? extends K> keys);

    /** How many keys there are. It goes through them; protected only under {@link Isolation#SERIALIZABLE}. */
    long count(Transaction transaction);

    /**
     * Walks through a range. A snapshot read: later writes by others do not conflict with it, except under {@link
     * Isolation#SERIALIZABLE}. Close it.
     */
    Cursor<K, V> cursor(Transaction transaction, KeyRange<K> range, Direction direction);

    /** Walks through a range and protects it: whoever writes a key in it before the commit conflicts. Close it. */
    Cursor<K, V> cursorForUpdate(Transaction transaction, KeyRange<K> range, Direction direction);

    /** A range as a stream, smallest key first: a {@link #cursor}. Close it, or its transaction. */
    Stream<Entry<K, V>> stream(Transaction transaction, KeyRange<K> range);

    /** The value of a key in a snapshot of the {@code consistency} configured: the newest of this site, unless that says more. */
    Optional<V> get(K key);

    /** The value of a key in a snapshot of this consistency; see {@link Environment#read(Consistency, TransactionFunction)}. */
    Optional<V> get(K key, Consistency consistency);

    /** {@link #get(Object, Consistency)} without waiting. */
    CompletionStage<Optional<V>> getAsync(K key, Consistency consistency);

    /** Whether a key has a value in such a snapshot. */
    boolean contains(K key);

    /** How many keys there are in such a snapshot. It goes through them. */
    long count();

    /** Sets a key's value. */
    CommitToken put(K key, V value);

    /** Sets a key's value if it has none. */
    WriteResult putIfAbsent(K key, V value);

    /** Removes a key. */
    WriteResult delete(K key);

    /** Sets many values, all or none. */
    CommitToken putAll(Map<? extends K, ? extends V> entries);

    /** Removes many keys, all or none. */
    CommitToken deleteAll(Collection<? extends K> keys);

    /**
     * Removes everything at once, however much it is. One record in the log, and always a transaction of its own; every
     * open transaction that has read this database conflicts with it. An {@link IllegalStateException} where a transaction
     * surrounds the call.
     */
    CommitToken truncate();

    /** {@link #put(Object, Object)} without waiting. */
    CompletionStage<CommitToken> putAsync(K key, V value);

    /** {@link #putIfAbsent(Object, Object)} without waiting. */
    CompletionStage<WriteResult> putIfAbsentAsync(K key, V value);

    /** {@link #delete(Object)} without waiting. */
    CompletionStage<WriteResult> deleteAsync(K key);

    /** {@link #putAll(Map)} without waiting. */
    CompletionStage<CommitToken> putAllAsync(Map<? extends K, ? extends V> entries);

    /** {@link #deleteAll(Collection)} without waiting. */
    CompletionStage<CommitToken> deleteAllAsync(Collection<? extends K> keys);

    /** {@link #truncate()} without waiting. */
    CompletionStage<CommitToken> truncateAsync();
}
