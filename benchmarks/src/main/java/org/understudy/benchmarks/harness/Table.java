package org.understudy.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The results as people read them; each cell is the same in the terminal and in Markdown. */
final class Table {
    private static final String NONE = "–";

    private final List<Contender> contenders;
    private final List<List<String>> lines = new ArrayList<>();

    Table(Results results, List<Contender> contenders) {
        this.contenders = contenders;
        lines.add(header());
        results.figures().forEach(figure -> lines.add(line(results, figure)));
    }

    private List<String> header() {
        List<String> cells = new ArrayList<>(List.of("figure"));
        contenders.forEach(contender -> cells.add(contender.label()));
        cells.add("ratio");
        for (String column : List.of("p50 µs", "p99 µs", "processor µs")) {
            contenders.forEach(contender -> cells.add(column + " " + contender.label()));
        }
        contenders.forEach(contender -> cells.add("failed " + contender.label()));
        return cells;
    }

    private List<String> line(Results results, Figure figure) {
        List<Optional<Sample>> medians = contenders.stream()
                .map(contender -> results.samples(figure, contender))
                .map(samples -> samples.isEmpty() ? Optional.<Sample>empty() : Optional.of(Sample.median(samples)))
                .toList();
        List<String> cells = new ArrayList<>(List.of(figure.title()));
        medians.forEach(median -> cells.add(
                median.map(sample -> figure.unit().format(sample.value())).orElse(NONE)));
        OptionalDouble ratio = results.ratio(figure);
        cells.add(ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : NONE);
        addDetails(cells, medians, Sample.Detail::p50Micros, "%,.1f");
        addDetails(cells, medians, Sample.Detail::p99Micros, "%,.1f");
        addDetails(cells, medians, Sample.Detail::processorMicros, "%,.1f");
        addDetails(cells, medians, Sample.Detail::failures, "%,.0f");
        return cells;
    }

    private static void addDetails(
            List<String> cells, List<Optional<Sample>> medians, ToDoubleFunction<Sample.Detail> part, String format) {
        for (Optional<Sample> median : medians) {
            cells.add(median.flatMap(Sample::detail)
                    .map(detail -> String.format(Locale.ROOT, format, part.applyAsDouble(detail)))
                    .orElse(NONE));
        }
    }

    /** Columns aligned by blanks. */
    String text() {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return lines.stream().map(line -> text(line, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String text(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String blanks = " ".repeat(widths[i] - line.get(i).length());
            text.append(i == 0 ? line.get(i) + blanks : "   " + blanks + line.get(i));
        }
        return text.toString();
    }

    String markdown() {
        List<String> rows = new ArrayList<>(lines.stream().map(Table::markdown).toList());
        rows.add(1, "| --- " + "| ---: ".repeat(lines.get(0).size() - 1) + "|");
        return String.join("\n", rows) + "\n";
    }

    private static String markdown(List<String> line) {
        return line.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
