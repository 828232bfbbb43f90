package org.understudy.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.understudy.CommitToken;
import org.understudy.ForceMasterReport;
import org.understudy.Outcome;
import org.understudy.Role;
import org.understudy.TransactionOptions;
import org.understudy.backend.AnswerMessage;
import org.understudy.backend.Destination;
import org.understudy.backend.Write;
import org.understudy.protocol.Command;
import org.understudy.protocol.Hold;
import org.understudy.thread.Stage;

/** Something that takes its time, asked and answered on the line, many at once. */
sealed interface Errand<R> {

    /** Begins it, in the process that has the home. */
    CompletionStage<R> begin(ServedProcess asker);

    /** Takes the site's place in the group. */
    record Start() implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            return asker.backend().start().thenRun(asker::started);
        }
    }

    /** What has become of a commit. */
    record OutcomeOf(CommitToken token, Duration timeout) implements Errand<Outcome> {
        @Override
        public CompletionStage<Outcome> begin(ServedProcess asker) {
            return asker.backend().outcome(token, timeout);
        }
    }

    /** An administrator's order. */
    record Order(Command command) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            return asker.backend().order(command);
        }
    }

    /** Agrees to what a client holds back. */
    record Allow(Hold what) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            return asker.backend().allow(what);
        }
    }

    /** Makes the site master or client. */
    record Appoint(Role role) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            return asker.backend().appoint(role);
        }
    }

    /** What forcing mastership would mean. */
    record ExamineForce() implements Errand<ForceMasterReport> {
        @Override
        public CompletionStage<ForceMasterReport> begin(ServedProcess asker) {
            return asker.backend().examineForce();
        }
    }

    /** Forces mastership. */
    record ForceMaster(Set<String> lost) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            return asker.backend().forceMaster(lost);
        }
    }

    /** A commit that has read nothing. */
    record CommitAlone(Write write) implements Errand<CommitToken> {
        @Override
        public CompletionStage<CommitToken> begin(ServedProcess asker) {
            return asker.backend().commitStaged(write);
        }
    }

    /** Begins a transaction, to be gone on with by {@link Request.GoOn} under the errand's own number. */
    record BeginStaged(TransactionOptions options, long number) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            return asker.backend().beginStaged(options).thenAccept(transaction -> asker.keep(number, transaction));
        }
    }

    /** Sends a message. On the line as requests are, so that their order is kept. */
    record SendMessage(Destination to, String topic, List<byte[]> parts) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            asker.backend().send(to, topic, parts);
            return Stage.completed(null);
        }
    }

    /** Asks with a message for an answer. */
    record AskWithMessage(Destination to, String topic, Duration timeout, List<byte[]> parts)
            implements Errand<AnswerMessage> {
        @Override
        public CompletionStage<AnswerMessage> begin(ServedProcess asker) {
            return asker.backend().ask(to, topic, timeout, parts);
        }
    }

    /** Registers a handler for messages that come to the site. */
    record Handle(long registration, String topic) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            asker.handlers().add(registration, topic);
            return Stage.completed(null);
        }
    }

    /** Ends a registration. */
    record HandleNoMore(long registration) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            asker.handlers().remove(registration);
            return Stage.completed(null);
        }
    }

    /** Answers a message that was passed on. */
    record ReplyTo(long number, List<byte[]> parts) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            asker.handlers().reply(number, parts);
            return Stage.completed(null);
        }
    }

    /** The handler of a message has returned; {@code later} if somebody will answer it all the same. */
    record Handled(long number, boolean later, Optional<String> failure) implements Errand<Void> {
        @Override
        public CompletionStage<Void> begin(ServedProcess asker) {
            asker.handlers().handled(number, later, failure);
            return Stage.completed(null);
        }
    }
}
