package org.understudy.simulation.exhaustive;

import java.util.Arrays;

/** The states that were come to, numbered in the order of that: of each its hash, and from which other by which move. */
final class VisitedStates {
    private static final int FIRST_ROOM = 1 << 16;

    private long[] hashes = new long[FIRST_ROOM * 2];
    private int[] before = new int[FIRST_ROOM];
    private int[] moves = new int[FIRST_ROOM];
    private int count;

    /** Takes a state, unless it is known. */
    boolean add(int[] state, int from, Move move) {
        long hash = hash(state);
        int at = place(hashes, hash);
        if (hashes[at] == hash) {
            return false;
        }
        hashes[at] = hash;
        if (count == before.length) {
            before = Arrays.copyOf(before, count * 2);
            moves = Arrays.copyOf(moves, count * 2);
            grow();
        }
        before[count] = from;
        moves[count] = move.folded();
        count++;
        return true;
    }

    private void grow() {
        long[] more = new long[hashes.length * 2];
        for (long hash : hashes) {
            if (hash != 0) {
                more[place(more, hash)] = hash;
            }
        }
        hashes = more;
    }

    private static int place(long[] table, long hash) {
        int at = (int) hash & table.length - 1;
        while (table[at] != 0 && table[at] != hash) {
            at = at + 1 & table.length - 1;
        }
        return at;
    }

    /** A number equal for equal states, and hardly ever for others. */
    private static long hash(int[] state) {
        long hash = state.length;
        for (int number : state) {
            hash = ObjectGraph.mix(hash * 31 + number + 1);
        }
        return hash == 0 ? 1 : hash;
    }

    int count() {
        return count;
    }

    /** From which state this one was come to first. */
    int before(int state) {
        return before[state];
    }

    /** By which move. */
    Move move(int state) {
        return Move.unfold(moves[state]);
    }
}
