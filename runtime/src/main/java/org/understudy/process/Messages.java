package org.understudy.process;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.InvalidPathException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.understudy.backend.Delivery;
import org.understudy.backend.RoleState;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/** What the processes of one home say to each other, as frames. */
final class Messages {
    private static final Form WORD = Forms.of(Word.class);
    private static final Form ASKED = Forms.of(Asked.class);
    private static final Form TOLD = Forms.of(Told.class);
    private static final Form FAILURE = Forms.of(RuntimeException.class);
    private static final Map<Class<?>, Form> RESULTS = new ConcurrentHashMap<>();

    /** On the line to the process that has the home: an errand, and the number under which it is answered. */
    record Asked(long number, Errand<?> errand) {}

    /** On the line back. */
    sealed interface Told {

        /** That the process is there, where there is nothing else to tell. */
        record Beat() implements Told {}

        /** The answer to an errand. */
        record Answered(long number, byte[] answer) implements Told {}

        /** What the site is now. */
        record RoleNow(RoleState role) implements Told {}

        /** The process closes; {@code heir} is to take over from it, which was master of this generation, 0 for none. */
        record Leaving(boolean heir, long mastership) implements Told {}

        /** A message for one of the subordinate's handlers; it says under this number what became of it. */
        record Delivered(long registration, long number, Delivery message) implements Told {}
    }

    private Messages() {}

    /** All that both ends have to agree on. */
    static String description() {
        String results = Stream.of(Request.class, Errand.class)
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()))
                .map(each -> each.getSimpleName() + "->" + resultOf(each).description())
                .sorted()
                .collect(Collectors.joining(","));
        return WORD.description() + ASKED.description() + TOLD.description() + results;
    }

    static byte[] word(Word word) {
        return encoded(WORD, word);
    }

    static Word word(byte[] frame) {
        return (Word) decoded(WORD, frame);
    }

    static byte[] asked(Asked asked) {
        return encoded(ASKED, asked);
    }

    static Asked asked(byte[] frame) {
        return (Asked) decoded(ASKED, frame);
    }

    static byte[] told(Told told) {
        return encoded(TOLD, told);
    }

    static Told told(byte[] frame) {
        return (Told) decoded(TOLD, frame);
    }

    private static Object decoded(Form form, byte[] frame) {
        try {
            return form.read(new ValueReader(frame));
        } catch (DateTimeException | ArithmeticException | InvalidPathException refused) {
            // Whatever a value refuses to be made of, it is the other end that sent it.
            throw new MalformedValueException("a value that is none: " + refused);
        }
    }

    private static byte[] encoded(Form form, Object value) {
        ValueWriter out = new ValueWriter();
        form.write(out, value);
        return out.toByteArray();
    }

    /** The answer to a request or errand of some type. */
    static byte[] result(Class<?> question, Object result) {
        ValueWriter out = new ValueWriter().putBoolean(true);
        resultOf(question).write(out, result);
        return out.toByteArray();
    }

    /** That it failed. */
    static byte[] failure(Throwable failure) {
        ValueWriter out = new ValueWriter().putBoolean(false);
        FAILURE.write(out, plain(cause(failure)));
        return out.toByteArray();
    }

    /** What a stage failed with. */
    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static RuntimeException plain(Throwable failure) {
        return failure instanceof RuntimeException exception ? exception : new CompletionException(failure);
    }

    /** What the answer says; throws what it failed with. */
    @SuppressWarnings("unchecked")
    static <R> R answer(Class<?> question, byte[] answer) {
        ValueReader in = new ValueReader(answer);
        if (!in.getBoolean()) {
            throw (RuntimeException) FAILURE.read(in);
        }
        return (R) resultOf(question).read(in);
    }

    private static Form resultOf(Class<?> question) {
        return RESULTS.computeIfAbsent(question, Messages::findResult);
    }

    private static Form findResult(Class<?> question) {
        Type family = question.getGenericInterfaces()[0];
        return Forms.of(((ParameterizedType) family).getActualTypeArguments()[0]);
    }
}
