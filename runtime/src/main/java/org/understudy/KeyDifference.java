package org.understudy;

import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key that two environments differ in.
 *
 * @param database the name of its database
 * @param key the encoded key
 * @param one its encoded value in the one environment; empty if it isn't there
 * @param other its encoded value in the other
 * @param oneLsn the last record that wrote it in the one environment's log, if that is still there
 * @param otherLsn the same in the other's
 */
public record KeyDifference(
        String database,
        byte[] key,
        Optional<byte[]> one,
        Optional<byte[]> other,
        OptionalLong oneLsn,
        OptionalLong otherLsn) {

    @Override
    public String toString() {
        return database + "/" + hex(key) + ": " + describe(one, oneLsn) + ", " + describe(other, otherLsn);
    }

    private static String describe(Optional<byte[]> value, OptionalLong lsn) {
        return value.map(KeyDifference::hex).orElse("not there")
                + (lsn.isPresent() ? " by LSN " + lsn.getAsLong() : "");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
