package org.understudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each call that waits on the network has an asynchronous twin, and the others are known by name. */
class AsynchronousTwinTest {

    /** They wait for nobody but this site's memory and disk, or return at once by their word. */
    private static final Set<String> WAIT_FOR_NOBODY = Set.of(
            ("name config database databaseNames role master generation requireMaster status rolledBack backup verify"
                            + " digest outcome synchronize allowRollback startElection subscribe channel"
                            + " channelToMaster broadcast onMessage ackPolicy changeAckPolicy prepared")
                    .split(" "));

    /** It hands mastership over first; who must not wait closes on a thread of its own. */
    private static final String CLOSE = "close";

    @Test
    void every_call_on_an_environment_has_one_or_needs_none() {
        Set<String> twins = asynchronous(Environment.class);
        assertThat(waiting(Environment.class).map(name -> name + "Async").collect(Collectors.toSet()))
                .isEqualTo(twins);
    }

    private static Stream<String> waiting(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getReturnType() != CompletionStage.class)
                .map(Method::getName)
                .filter(name -> !WAIT_FOR_NOBODY.contains(name) && !name.equals(CLOSE));
    }

    private static Set<String> asynchronous(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getReturnType() == CompletionStage.class)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }
}
