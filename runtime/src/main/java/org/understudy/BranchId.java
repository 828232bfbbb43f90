package org.understudy;

import java.util.HexFormat;

/**
 * Names one branch of a distributed transaction, as its transaction manager does: X/Open's XID, with its bytes as hexadecimal
 * text.
 *
 * @param format the manager's own way of making ids
 * @param global the transaction, 1 to 64 bytes as two lower-case hexadecimal digits each
 * @param qualifier the branch within the transaction, 0 to 64 bytes likewise
 */
public record BranchId(int format, String global, String qualifier) {
    /** Neither part is longer, by X/Open's word. */
    public static final int MAX_PART_BYTES = 64;

    private static final HexFormat HEX = HexFormat.of();

    public BranchId {
        check("global", global, 1);
        check("qualifier", qualifier, 0);
    }

    private static void check(String name, String part, int leastBytes) {
        boolean isHex = part.length() % 2 == 0 && part.chars().allMatch(BranchId::isDigit);
        if (!isHex || part.length() < 2 * leastBytes || part.length() > 2 * MAX_PART_BYTES) {
            throw new IllegalArgumentException(name + " \"" + part + "\" of a branch's id must be " + leastBytes
                    + " to " + MAX_PART_BYTES + " bytes as lower-case hexadecimal digits");
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9' || character >= 'a' && character <= 'f';
    }

    /** The name that an XID's parts make. */
    public static BranchId of(int format, byte[] global, byte[] qualifier) {
        return new BranchId(format, HEX.formatHex(global), HEX.formatHex(qualifier));
    }

    /** The transaction's bytes. */
    public byte[] globalBytes() {
        return HEX.parseHex(global);
    }

    /** The branch's bytes. */
    public byte[] qualifierBytes() {
        return HEX.parseHex(qualifier);
    }

    /**
     * Reads back what {@link #toString()} wrote.
     *
     * @throws IllegalArgumentException if the text is no branch's id
     */
    public static BranchId parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 3) {
            throw notAnId(text, null);
        }
        try {
            return new BranchId(Integer.parseInt(parts[0]), parts[1], parts[2]);
        } catch (IllegalArgumentException e) {
            throw notAnId(text, e);
        }
    }

    private static IllegalArgumentException notAnId(String text, IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no branch's id; one looks like format:global:qualifier", cause);
    }

    /** {@code format:global:qualifier}, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return format + ":" + global + ":" + qualifier;
    }
}
