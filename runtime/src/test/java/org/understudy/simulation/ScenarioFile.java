package org.understudy.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * A recorded scenario: blocks of commands, each followed by {@code ----} and what came of it, up to an empty line. What
 * stands outside is comment.
 */
final class ScenarioFile {
    private static final String MARK = "----";

    private ScenarioFile() {}

    /** Runs the commands of a file and returns it with what came of them now. */
    static List<String> replay(List<String> lines, ScenarioStage stage) {
        List<String> out = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        boolean skipping = false;
        for (String line : lines) {
            if (skipping) {
                skipping = !line.isEmpty();
                if (skipping) {
                    continue;
                }
            }
            out.add(line);
            if (line.equals(MARK)) {
                commands.forEach(command -> out.addAll(stage.perform(command)));
                commands.clear();
                skipping = true;
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                commands.add(line);
            }
        }
        if (!commands.isEmpty()) {
            throw new IllegalArgumentException("commands without " + MARK + " behind them: " + commands);
        }
        return out;
    }
}
