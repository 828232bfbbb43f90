package org.understudy.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One seed from beginning to end: the group forms, things go wrong, a quorum is healed and must recover, all is healed and
 * must converge, and everything is compared.
 */
final class Run {
    private static final long LONGEST_START_MICROS = 3_000_000;

    private final Mix mix;
    private final World world;
    private final Ledger ledger;
    private final Workload workload;
    private final ReadWorkload reads;
    private final Recovery recovery;
    private final Chaos chaos;

    private Run(Mix mix, Replicas replicas) {
        this.mix = mix;
        Dice dice = new Dice(mix.seed());
        this.world = new World(dice, mix.pace(), mix.driftPpm(), replicas);
        this.ledger = Invariants.watch(world);
        this.workload = new Workload(
                world,
                dice.fork("workload"),
                mix.commitMicros(),
                mix.writesToOldMasters(),
                mix.forwards() ? Optional.of(dice.fork("forwarding")) : Optional.empty());
        ReadsKeepTheirWord judge = new ReadsKeepTheirWord(ledger);
        world.observer().add(judge);
        this.reads = new ReadWorkload(world, dice.fork("reads"), workload.history(), judge);
        People people = new People(world, mix);
        people.lookAfterWiped();
        people.appoint(dice.fork("appointments"));
        people.agree();
        LostMajority lostMajority = new LostMajority(world, dice.fork("forces"));
        lostMajority.lookAfter();
        this.chaos = new Chaos(world, mix, people, lostMajority);
        this.recovery = new Recovery(world, ledger, workload, dice.fork("recovery"));
    }

    /** Does all of it. */
    static Result of(Mix mix, Replicas replicas) {
        return of(mix, replicas, (commits, reads) -> {});
    }

    /** Does all of it, and hands the commits and the reads out afterwards. */
    static Result of(Mix mix, Replicas replicas, BiConsumer<List<Operation>, List<ReadOperation>> history) {
        Run run = new Run(mix, replicas);
        Optional<String> halted = Optional.empty();
        Optional<Failure> failure = Optional.empty();
        try {
            halted = run.execute();
        } catch (Violation e) {
            failure = Optional.of(run.failure(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            failure = Optional.of(run.failure("nothing throws: " + e + " at "
                    + List.of(e.getStackTrace()).stream().limit(12).toList()));
        }
        history.accept(run.workload.history(), run.reads.history());
        return new Result(
                mix,
                run.world.steps(),
                run.workload.history().size(),
                run.world.trace().hash(),
                run.world.faults(),
                run.ledger.lostCommits().size(),
                halted,
                failure);
    }

    private Failure failure(String reason) {
        return new Failure(reason, world.steps(), world.trace().lines());
    }

    private Optional<String> execute() {
        Dice starts = new Dice(mix.seed()).fork("starts");
        for (int i = 0; i < mix.sites(); i++) {
            SimulatedSite site = world.add(mix.site(i));
            if (mix.has(FaultKind.TAKEOVER) || mix.has(FaultKind.TAKEOVER_AFTER_CRASH)) {
                site.attend();
            }
            world.agenda().at(i == 0 ? 0 : starts.between(0, LONGEST_START_MICROS), site::start);
        }
        if (mix.formsFirst()) {
            recovery.awaitAll("the group forms");
        }
        workload.start();
        reads.start();
        chaos.start();
        world.runUntil(world.agenda().now() + mix.chaosMicros());
        chaos.stop();
        Optional<String> halted = recovery.healQuorum();
        recovery.healAll();
        Optional<String> lost = recovery.awaitAll("every member streams when all faults have stopped");
        if (lost.isEmpty()) {
            compare();
        }
        return halted.or(() -> lost);
    }

    private void compare() {
        workload.stop();
        reads.stop();
        recovery.awaitEqual();
        Optional<Node> end = recovery.end();
        world.observer().swept(world.sites());
        world.observer().ended(world.sites(), end);
        History.check(workload.history(), end.orElse(Node.ROOT), ledger.lostCommits());
    }
}
