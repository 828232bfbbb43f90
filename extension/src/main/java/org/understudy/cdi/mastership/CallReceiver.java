package org.understudy.cdi.mastership;

import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.understudy.ChannelMessage;
import org.understudy.Environment;
import org.understudy.Place;
import org.understudy.ReplicationException;
import org.understudy.UnavailableException;

/**
 * Carries out the calls that other sites forward: of the methods that say {@link Otherwise#FORWARD}, and of nothing else.
 * Each runs on a thread of its own, with the application's context and with a request of its own.
 */
final class CallReceiver implements AutoCloseable {

    /** How many forwarded calls run at once in an application; more are refused, and their callers told. */
    static final int MAX_CALLS = 64;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;
    private static final Logger LOG = System.getLogger(CallReceiver.class.getName());

    private final MasterOnlyMethods methods;
    private final CallForm form;
    private final BeanCalls beans;
    private final Executor context;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    CallReceiver(MasterOnlyMethods methods, CallForm form, BeanManager beanManager, Executor context) {
        this.methods = methods;
        this.form = form;
        this.beans = new BeanCalls(beanManager);
        this.context = context;
        this.threads = new ThreadPoolExecutor(
                0, MAX_CALLS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), CallReceiver::thread);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "understudy-forwarded-calls", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(CallReceiver.class.getClassLoader());
        return thread;
    }

    /**
     * Takes the calls of a method that other sites forward. Where another process of the home takes them already, that one
     * goes on; this one is asked again when it takes the home over (protocol.md §11).
     */
    void receive(Environment environment, MasterOnlyMethod method) {
        String topic = CallTopics.of(method);
        if (registered.contains(topic)) {
            return;
        }
        try {
            environment.onMessage(topic, message -> take(environment, method, message));
            registered.add(topic);
        } catch (IllegalStateException | UnavailableException e) {
            LOG.log(
                    Level.INFO,
                    "USTDY-0871 [{0}] forwarded calls of {1} do not come here for now: {2}",
                    Place.of(environment.config()),
                    method,
                    e.getMessage());
        }
    }

    private void take(Environment environment, MasterOnlyMethod method, ChannelMessage message) {
        if (!message.wantsReply()) {
            throw new IllegalArgumentException("a call wants an answer, and this message of site " + message.sender()
                    + " wants none: the topic is the library's own");
        }
        message.replyLater();
        Reply reply = new Reply(Place.of(environment.config()), method, message);
        try {
            threads.execute(() -> context.execute(() -> carryOut(environment, method, message, reply)));
        } catch (RejectedExecutionException e) {
            reply.send(
                    CallAnswer.REFUSED,
                    threads.isShutdown()
                            ? "the application stops"
                            : MAX_CALLS + " forwarded calls are under way; try again later");
        }
    }

    private void carryOut(Environment environment, MasterOnlyMethod method, ChannelMessage message, Reply reply) {
        Object[] arguments;
        try {
            arguments = form.arguments(method.method(), message);
        } catch (RuntimeException | Error e) { // the application's codecs throw what they like
            reply.send(CallAnswer.REFUSED, "its parameters can't be read: " + e.getMessage());
            return;
        }
        ForwardedCall call = ForwardedCall.of(method);
        try (call) {
            Object result = beans.call(methods.bean(method), method.method(), arguments);
            if (Results.isStage(method.method()) && result != null) {
                ((CompletionStage<?>) result)
                        .whenComplete((value, failure) -> ended(environment, method, reply, call, value, failure));
            } else {
                ended(environment, method, reply, call, result, null);
            }
        } catch (Exception | Error e) { // whatever it is, the caller waits for an answer
            ended(environment, method, reply, call, null, e);
        }
    }

    private void ended(
            Environment environment,
            MasterOnlyMethod method,
            Reply reply,
            ForwardedCall call,
            Object value,
            Throwable failure) {
        Throwable reason =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (call.wasRefused()) {
            reply.send(CallAnswer.NOT_MASTER, environment.master().orElse(""));
        } else if (MastershipLostException.among(reason).isPresent()) {
            reply.send(
                    CallAnswer.LOST,
                    String.valueOf(MastershipLostException.among(reason).get().generation()));
        } else if (reason != null) {
            LOG.log(
                    Level.WARNING,
                    "USTDY-0872 [" + reply.place() + "] a forwarded call of " + method + " failed",
                    reason);
            reply.send(CallAnswer.THREW, reason.getClass().getName(), String.valueOf(reason.getMessage()));
        } else {
            returned(method, reply, value);
        }
    }

    private void returned(MasterOnlyMethod method, Reply reply, Object value) {
        if (value == null) {
            reply.send(CallAnswer.RETURNED);
            return;
        }
        try {
            byte[] result = form.encode(Results.travelling(method.method()).orElseThrow(), value);
            reply.send(CallAnswer.RETURNED, result);
        } catch (RuntimeException | Error e) {
            reply.send(CallAnswer.THREW, e.getClass().getName(), "its result can't be sent: " + e.getMessage());
        }
    }

    /** Waits a while for calls that are still at it: afterwards their beans are gone. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(Level.WARNING, "USTDY-0873 forwarded calls are still under way, and are not waited for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answer to one call. */
    private record Reply(Place place, MasterOnlyMethod method, ChannelMessage message) {

        void send(CallAnswer kind, Object... parts) {
            Object[] all = new Object[parts.length + 1];
            all[0] = kind.name();
            System.arraycopy(parts, 0, all, 1, parts.length);
            try {
                message.reply(all);
            } catch (ReplicationException | IllegalStateException e) {
                LOG.log(
                        Level.WARNING,
                        "USTDY-0874 [{0}] the answer of {1}, {2}, does not reach its caller: {3}",
                        place,
                        method,
                        kind,
                        e.getMessage());
            }
        }
    }
}
