package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** What goes wrong between the sites. */
final class NetworkFaults {
    private static final long SLOWEST_MICROS = 2_000_000;

    private final World world;

    NetworkFaults(World world) {
        this.world = world;
    }

    /** Lets this happen, for so long where it lasts. */
    boolean happens(FaultKind kind, Dice dice, long span) {
        List<Link> links = world.network().links();
        if (links.isEmpty()) {
            return false;
        }
        Link link = dice.pick(links);
        switch (kind) {
            case SLOW_LINK -> link.pace(dice.magnitude(50, SLOWEST_MICROS), dice.magnitude(1, SLOWEST_MICROS));
            case CUT_ONE_WAY -> cut(List.of(link), span);
            case CUT_BOTH_WAYS -> cut(List.of(link, world.network().link(link.to, link.from)), span);
            case STALL -> link.stall(span);
            case CONNECTION_RESET -> {
                return connection(dice).map(end -> end.reset(dice)).isPresent();
            }
            case BULK_RESET -> {
                return connection(dice).map(end -> end.breakBulk(dice)).isPresent();
            }
            case HALVES -> {
                List<String> half = some(dice);
                cut((from, to) -> half.contains(from) != half.contains(to), span);
            }
            case SITE_ISOLATED -> {
                String site = dice.pick(world.sites()).name();
                cut((from, to) -> from.equals(site) || to.equals(site), span);
            }
            case RING -> cut((from, to) -> !areNeighbours(from, to), span);
            case MASTER_ISOLATED -> {
                return master(name -> cut((from, to) -> from.equals(name) || to.equals(name), span));
            }
            case MASTER_AND_ONE_ISOLATED -> {
                String other = dice.pick(world.sites()).name();
                return master(name -> cut((from, to) -> isOneOf(from, name, other) != isOneOf(to, name, other), span));
            }
            case MASTER_MUTE -> {
                return master(name -> cut((from, to) -> from.equals(name), span));
            }
            case MASTER_DEAF -> {
                return master(name -> cut((from, to) -> to.equals(name), span));
            }
            default -> throw new IllegalArgumentException("no fault of the network: " + kind);
        }
        return true;
    }

    private boolean master(java.util.function.Consumer<String> fault) {
        Optional<SiteProcess> master = world.master();
        master.ifPresent(process -> fault.accept(process.site().name()));
        return master.isPresent();
    }

    private void cut(BiPredicate<String, String> which, long span) {
        cut(
                world.network().links().stream()
                        .filter(link -> which.test(link.from, link.to))
                        .toList(),
                span);
    }

    private void cut(List<Link> links, long span) {
        links.forEach(Link::cut);
        world.agenda().after(span, () -> links.forEach(Link::heal));
    }

    private List<String> some(Dice dice) {
        List<String> names = new ArrayList<>();
        world.sites().stream().filter(site -> dice.chance(0.5)).forEach(site -> names.add(site.name()));
        return names;
    }

    private static boolean isOneOf(String site, String one, String other) {
        return site.equals(one) || site.equals(other);
    }

    private boolean areNeighbours(String from, String to) {
        int size = world.sites().size();
        int distance = Math.abs(position(from) - position(to));
        return distance == 1 || distance == size - 1;
    }

    private int position(String name) {
        return world.sites().indexOf(world.site(name));
    }

    private Optional<End> connection(Dice dice) {
        List<End> open = new ArrayList<>();
        world.sites().forEach(site -> site.process()
                .ifPresent(process -> open.addAll(process.sessions().open())));
        return open.isEmpty() ? Optional.empty() : Optional.of(dice.pick(open));
    }
}
