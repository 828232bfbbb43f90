package org.understudy.site.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.understudy.EnvironmentClosedException;
import org.understudy.Message;
import org.understudy.Place;

class OutstandingRequestsTest {
    private static final Place PLACE = new Place("test", Optional.empty());

    @Test
    void a_request_that_is_made_while_the_environment_closes_ends_as_all_others_do() {
        OutstandingRequests requests = new OutstandingRequests(PLACE, new MessageCounts());
        PendingRequest request = requests.begin(new ChannelLife(), "other:1", "", Optional.empty(), true);
        requests.failAll(every -> true, every -> new EnvironmentClosedException(PLACE, "closed"));
        requests.close();
        CompletionStage<Message> outcome = requests.staged(request, Duration.ofMinutes(1));
        assertThat(outcome.toCompletableFuture())
                .failsWithin(30, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(EnvironmentClosedException.class);
    }
}
