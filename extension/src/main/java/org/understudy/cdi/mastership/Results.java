package org.understudy.cdi.mastership;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What methods return: values, and stages of values. */
final class Results {

    private Results() {}

    /** Whether it returns a stage, which ends when the call does. */
    static boolean isStage(Method method) {
        Class<?> type = method.getReturnType();
        return type == CompletionStage.class || type == CompletableFuture.class;
    }

    /** Whether a call can be skipped: its result can say nothing. */
    static boolean canBeSkipped(Method method) {
        Type value = isStage(method) ? valueOf(method.getGenericReturnType()) : method.getGenericReturnType();
        return isNothing(value) || raw(value) == Optional.class;
    }

    /** What a skipped call returns. */
    static Object skipped(Method method) {
        Type value = isStage(method) ? valueOf(method.getGenericReturnType()) : method.getGenericReturnType();
        Object nothing = raw(value) == Optional.class ? Optional.empty() : null;
        return isStage(method) ? CompletableFuture.completedFuture(nothing) : nothing;
    }

    /** The type of the value that comes back from the master, if one does. */
    static Optional<Type> travelling(Method method) {
        Type value = isStage(method) ? valueOf(method.getGenericReturnType()) : method.getGenericReturnType();
        return isNothing(value) ? Optional.empty() : Optional.of(value);
    }

    /** The value of a stage, or what it failed with as its caller would have got it. */
    static Object await(CompletableFuture<Object> stage) {
        try {
            return stage.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static boolean isNothing(Type type) {
        return type == void.class || type == Void.class;
    }

    private static Type valueOf(Type stage) {
        return stage instanceof ParameterizedType named ? named.getActualTypeArguments()[0] : Object.class;
    }

    private static Type raw(Type type) {
        return type instanceof ParameterizedType named ? named.getRawType() : type;
    }
}
