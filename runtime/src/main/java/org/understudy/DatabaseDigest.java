package org.understudy;

/**
 * What a database holds, in short: two that hold the same keys with the same values have equal digests, and two that don't
 * have different ones.
 *
 * @param keys how many keys there are
 * @param sha256 the SHA-256 of all keys and values in their order, in hexadecimal digits
 */
public record DatabaseDigest(long keys, String sha256) {}
