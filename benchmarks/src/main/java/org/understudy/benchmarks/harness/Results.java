package org.understudy.benchmarks.harness;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** All samples of a run, by figure and contender, in the order they were taken. */
final class Results {
    private final Map<Figure, Map<Contender, List<Sample>>> samples = new LinkedHashMap<>();

    void add(Figure figure, Contender contender, Sample sample) {
        samples.computeIfAbsent(figure, any -> new EnumMap<>(Contender.class))
                .computeIfAbsent(contender, any -> new ArrayList<>())
                .add(sample);
    }

    List<Figure> figures() {
        return List.copyOf(samples.keySet());
    }

    List<Sample> samples(Figure figure, Contender contender) {
        return List.copyOf(samples.getOrDefault(figure, Map.of()).getOrDefault(contender, List.of()));
    }

    /** The median of the rounds' ratios: the two values of one round were measured next to each other. */
    OptionalDouble ratio(Figure figure) {
        List<Sample> ours = samples(figure, Contender.UNDERSTUDY);
        List<Sample> theirs = samples(figure, Contender.JE);
        List<Double> ratios = IntStream.range(0, Math.min(ours.size(), theirs.size()))
                .mapToObj(i -> figure.ratio(ours.get(i).value(), theirs.get(i).value()))
                .toList();
        return ratios.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Sample.median(ratios, Double::doubleValue));
    }
}
