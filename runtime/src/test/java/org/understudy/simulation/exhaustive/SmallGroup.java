package org.understudy.simulation.exhaustive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A state of the group, unfolded from the few numbers that it is kept as: three sites, what is remembered of the past, how much
 * may still happen, and the set of messages under way. Every move makes another one.
 */
final class SmallGroup {
    private static final int HEAD = Member3.SITES + 3;

    private final SiteStates states;
    private final Bounds bounds;
    private final int[] sites = new int[Member3.SITES];
    private final List<Integer> underWay = new ArrayList<>();
    private int memory;
    private int commitsLeft;
    private int crashesLeft;

    /** Unfolds a state. */
    SmallGroup(SiteStates states, Bounds bounds, int[] folded) {
        this.states = states;
        this.bounds = bounds;
        System.arraycopy(folded, 0, sites, 0, sites.length);
        memory = folded[sites.length];
        commitsLeft = folded[sites.length + 1];
        crashesLeft = folded[sites.length + 2];
        for (int i = HEAD; i < folded.length; i++) {
            underWay.add(folded[i]);
        }
    }

    /** The group with site a master of generation 1, and the others streaming; so much may happen from here. */
    static SmallGroup established(SiteStates states, SmallSite.Cores cores, Bounds bounds) {
        int[] fresh = new int[HEAD];
        for (int site = 0; site < Member3.SITES; site++) {
            fresh[site] = states.number(SmallSite.fresh(cores, site));
        }
        fresh[Member3.SITES] = states.number(Promises.NONE);
        SmallGroup group = new SmallGroup(states, new Bounds(0, 0, 1, true), fresh);
        for (int site = 0; site < Member3.SITES; site++) {
            group.move(site, new SiteMove(SiteMove.Kind.START, 0));
        }
        for (int one = 0; one < Member3.SITES; one++) {
            for (int other = 0; other < Member3.SITES; other++) {
                if (one != other) {
                    group.move(one, new SiteMove(SiteMove.Kind.CONNECT, other));
                }
            }
        }
        group.apply(new Move(Move.Kind.STAND, 0, 0));
        List<Move> next = group.quiet();
        while (!next.isEmpty()) {
            group.apply(next.get(0));
            next = group.quiet();
        }
        group.commitsLeft = bounds.commits();
        group.crashesLeft = bounds.crashes();
        return new SmallGroup(states, bounds, group.fold());
    }

    private List<Move> quiet() {
        return moves().stream().filter(move -> move.kind() != Move.Kind.STAND).toList();
    }

    /** Whether a master leads both others. */
    boolean isEstablished() {
        int permanent = states.memory(memory).permanent().size();
        return site(0).tail == 1 && Arrays.stream(sites).allMatch(site -> states.site(site).forced == permanent);
    }

    private SmallSite site(int number) {
        return states.site(sites[number]);
    }

    /** The numbers it is kept as; equal for equal states. What comes in any order is put in one. */
    int[] fold() {
        int[] folded = new int[HEAD + underWay.size()];
        System.arraycopy(sites, 0, folded, 0, sites.length);
        folded[sites.length] = memory;
        folded[sites.length + 1] = commitsLeft;
        folded[sites.length + 2] = crashesLeft;
        Comparator<Integer> order = bounds.inOrder()
                ? Comparator.comparing(parcel -> states.parcel(parcel).link())
                : Comparator.naturalOrder();
        List<Integer> ordered = underWay.stream().sorted(order).toList();
        for (int i = 0; i < ordered.size(); i++) {
            folded[HEAD + i] = ordered.get(i);
        }
        return folded;
    }

    /** Everything that may happen next. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        boolean[] begun = new boolean[Member3.SITES * Member3.SITES];
        for (int parcel : underWay) {
            int link = states.parcel(parcel).link();
            if (!begun[link] || !bounds.inOrder()) {
                moves.add(new Move(Move.Kind.DELIVER, states.parcel(parcel).to(), parcel));
            }
            begun[link] = true;
        }
        for (int number = 0; number < sites.length; number++) {
            addOwn(number, site(number), moves);
        }
        return moves;
    }

    private void addOwn(int number, SmallSite site, List<Move> moves) {
        boolean isUnforced = site.forced < site.log.size();
        if (isUnforced) {
            moves.add(new Move(Move.Kind.FORCE, number, 0));
        }
        if (site.tail > 0 && commitsLeft > 0) {
            moves.add(new Move(Move.Kind.COMMIT, number, 0));
        }
        if (site.tail == 0 && site.ballot.highestGeneration() < bounds.generations()) {
            moves.add(new Move(Move.Kind.STAND, number, 0));
        }
        if (crashesLeft > 0) {
            moves.add(new Move(Move.Kind.KILL, number, site.log.size()));
            if (isUnforced) {
                moves.add(new Move(Move.Kind.POWER_CUT, number, site.forced));
            }
        }
    }

    /** Does this; a broken promise is a {@link org.understudy.simulation.Violation}. */
    SmallGroup apply(Move move) {
        switch (move.kind()) {
            case DELIVER -> {
                underWay.remove((Integer) move.detail());
                move(move.site(), new SiteMove(SiteMove.Kind.DELIVER, move.detail()));
            }
            case FORCE -> move(move.site(), new SiteMove(SiteMove.Kind.FORCE, 0));
            case COMMIT -> {
                commitsLeft--;
                move(move.site(), new SiteMove(SiteMove.Kind.COMMIT, commitsLeft));
            }
            case STAND -> move(move.site(), new SiteMove(SiteMove.Kind.STAND, 0));
            default -> crash(move.site(), move.detail());
        }
        return this;
    }

    /** The process ends and a new one begins; what was under way to and from it is lost. */
    private void crash(int number, int left) {
        crashesLeft--;
        underWay.removeIf(parcel ->
                states.parcel(parcel).from() == number || states.parcel(parcel).to() == number);
        move(number, new SiteMove(SiteMove.Kind.RESTART, left));
        for (int other = 0; other < sites.length; other++) {
            if (other != number) {
                move(other, new SiteMove(SiteMove.Kind.LOSE, number));
                move(other, new SiteMove(SiteMove.Kind.CONNECT, number));
                move(number, new SiteMove(SiteMove.Kind.CONNECT, other));
            }
        }
    }

    private void move(int number, SiteMove move) {
        Transition transition = states.after(sites[number], move);
        if (!transition.deeds().isEmpty()) {
            judge(number, transition);
        }
        sites[number] = transition.site();
        for (int parcel : transition.sent()) {
            if (!underWay.contains(parcel)) {
                underWay.add(parcel);
            }
        }
    }

    private void judge(int number, Transition transition) {
        SmallSite[] all = {site(0), site(1), site(2)};
        Promises now = states.memory(memory);
        for (Deed deed : transition.deeds()) {
            now = now.after(deed, number, all);
        }
        memory = states.number(now);
    }

    /** What a move is, in words. */
    String describe(Move move) {
        return move.kind() == Move.Kind.DELIVER
                ? "deliver " + states.parcel(move.detail())
                : move.kind() + " " + Member3.name(move.site()) + (move.detail() == 0 ? "" : " keeps " + move.detail());
    }
}
