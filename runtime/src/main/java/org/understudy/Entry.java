package org.understudy;

/** A key and its value, as they stood in the snapshot that was read. */
public record Entry<K, V>(K key, V value) {}
