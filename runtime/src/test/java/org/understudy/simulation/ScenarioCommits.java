package org.understudy.simulation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.understudy.AckPolicy;
import org.understudy.log.RecordKind;

/** The commits of a scenario: some are waited for, some tell their answer when it comes, some nobody needs to see. */
final class ScenarioCommits implements Observer {
    private static final long MILLISECOND = 1_000;
    private static final long ANSWER_WITHIN = 5_000_000;
    private static final int FILLED_KEY = DataImage.KEYS - 1;

    private final World world;
    private final ScenarioLog log;
    private final Set<Operation> submitted = new HashSet<>();
    private long serial;

    ScenarioCommits(World world, ScenarioLog log) {
        this.world = world;
        this.log = log;
    }

    /** {@code commit site key=value… [BRANCH] [policy]}: waits for the answer. */
    void commit(SiteProcess process, String[] words) {
        Operation operation = operation(words);
        process.tail().commit(List.of(operation));
        long end = world.agenda().now() + ANSWER_WITHIN;
        while (operation.outcome() == Operation.Outcome.OPEN && world.agenda().now() < end) {
            world.runUntil(world.agenda().now() + MILLISECOND);
        }
        tell("commit", operation);
    }

    /** {@code submit site key=value… [policy]}: goes on at once. */
    void submit(SiteProcess process, String[] words) {
        Operation operation = operation(words);
        submitted.add(operation);
        process.tail().commit(List.of(operation));
    }

    @Override
    public void answered(SimulatedSite site, Operation operation) {
        if (submitted.remove(operation)) {
            tell("submitted", operation);
        }
    }

    /** So many commits that nobody needs to see. */
    void fill(SiteProcess process, int commits) {
        for (int i = 0; i < commits; i++) {
            Operation operation = operation(AckPolicy.NONE, new int[] {FILLED_KEY}, new long[] {serial + 1});
            process.tail().commit(List.of(operation));
            world.runUntil(world.agenda().now() + MILLISECOND);
        }
    }

    private Operation operation(String[] words) {
        String last = words[words.length - 1];
        Optional<AckPolicy> policy = Arrays.stream(AckPolicy.values())
                .filter(each -> each.name().equals(last))
                .findFirst();
        List<String> puts = Arrays.stream(words, 1, words.length)
                .filter(word -> word.contains("="))
                .toList();
        int[] keys = puts.stream().mapToInt(put -> key(put.split("=")[0])).toArray();
        long[] values = puts.stream()
                .mapToLong(put -> Long.parseLong(put.split("=")[1]))
                .toArray();
        Operation operation = operation(policy.orElse(AckPolicy.QUORUM), keys, values);
        return List.of(words).contains(RecordKind.BRANCH.name()) ? operation.ofBranch() : operation;
    }

    private Operation operation(AckPolicy policy, int[] keys, long[] values) {
        serial++;
        return new Operation(serial, policy, keys, values, world.agenda().now());
    }

    /** The number of a key's name. */
    static int key(String name) {
        return name.charAt(0) - 'a';
    }

    private static String name(int key) {
        return String.valueOf((char) ('a' + key));
    }

    private void tell(String how, Operation operation) {
        String puts = IntStream.range(0, operation.keys().length)
                .mapToObj(i -> name(operation.keys()[i]) + "=" + operation.values()[i])
                .collect(Collectors.joining(" "));
        String token = operation.token().lsn() == 0 ? "" : " " + operation.token();
        log.add(how + " " + puts + " " + operation.policy() + ": " + operation.outcome() + token);
    }
}
