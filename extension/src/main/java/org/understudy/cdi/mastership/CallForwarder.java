package org.understudy.cdi.mastership;

import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.understudy.Channel;
import org.understudy.Environment;
import org.understudy.Message;
import org.understudy.Place;

/** Sends calls to the master, each under a topic of its method's own. */
final class CallForwarder {

    private final CallForm form;

    CallForwarder(CallForm form) {
        this.form = form;
    }

    /** Calls a method on the master; the result is the method's, or a stage of it if that is what it returns. */
    Object forward(Environment environment, MasterOnlyMethod method, Object[] arguments) {
        Object[] parts = form.call(method.method(), arguments);
        Channel channel = environment.channelToMaster();
        Channel sending = method.timeout().map(channel::timeout).orElse(channel).topic(CallTopics.of(method));
        CompletableFuture<Object> result = sending.requestAsync(parts)
                .whenComplete((answer, failure) -> channel.close())
                .thenApply(answer -> result(Place.of(environment.config()), method, answer))
                .toCompletableFuture();
        return Results.isStage(method.method()) ? result : Results.await(result);
    }

    private Object result(Place place, MasterOnlyMethod method, Message answer) {
        CallAnswer kind = CallAnswer.valueOf(answer.text(0));
        if (kind != CallAnswer.RETURNED) {
            throw kind.exception(place, method, answer);
        }
        Optional<Type> type = Results.travelling(method.method());
        return type.isPresent() && answer.size() > 1 ? form.decode(type.get(), answer.bytes(1)) : null;
    }
}
