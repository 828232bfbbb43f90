package org.understudy;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A way to send messages, to one site, the master or all: Berkeley DB's {@code DB_CHANNEL}. Thread-safe; any number of
 * requests may be outstanding, and their answers come in any order.
 *
 * <p>A message has any number of parts, none too; each is a {@code byte[]}, a {@code String}, which travels in UTF-8, or
 * whatever the environment's {@link PartCodec} knows. Parts are copied before a call returns.
 *
 * <p>Every call that sends throws, and then has sent nothing: {@link UnavailableException} if the site is not connected, no
 * master is known, or more than {@code message-queue} waits to leave for that site; {@link MessageTooLargeException} if the
 * message exceeds {@code max-message}; {@link ChannelClosedException}, {@link EnvironmentClosedException}; {@link
 * IllegalArgumentException} if a part is of a type that the codec doesn't know. An asynchronous call never throws; its stage
 * fails with the same.
 */
public interface Channel extends AutoCloseable {

    /**
     * This channel with another topic, by which the receiver chooses the handler. It is closed together with this one.
     *
     * @param topic up to 255 characters; empty for none
     */
    Channel topic(String topic);

    /**
     * This channel with another timeout for requests, instead of {@code request-timeout}. It is closed together with this
     * one.
     *
     * @param timeout 1 ms to 24 hours
     */
    Channel timeout(Duration timeout);

    /**
     * Sends a message that wants no answer, and returns at once. It is delivered at most once: that it was sent says nothing
     * about its arrival. A handler may send messages back, which come to this site's handlers.
     */
    void send(Object... parts);

    /**
     * Sends a request and waits for its answer, for at most this channel's timeout.
     *
     * @throws NoHandlerException if nobody handles messages of this topic there
     * @throws UnavailableException also if the connection is lost meanwhile; the request may have been handled, and {@link
     *     ReplicationException#isRetriable} is false then
     * @throws RequestTimeoutException if no answer came in time; one that comes later is discarded
     * @throws HandlerFailedException if the handler threw something
     * @throws NoResponseException if the handler ended without an answer
     * @throws MessageTooLargeException also if the answer exceeds {@code max-message} there
     * @throws ChannelClosedException also if this channel is closed meanwhile
     * @throws EnvironmentClosedException also if the environment is closed meanwhile
     * @throws IllegalStateException on a channel to all sites; or on the thread that handles this site's messages to itself,
     *     which would wait for itself
     */
    Message request(Object... parts);

    /** {@link #request(Object...)} with a timeout for this request alone. */
    Message request(Duration timeout, Object... parts);

    /** {@link #request(Object...)} without waiting. What depends on the stage runs on a thread of the common pool. */
    CompletionStage<Message> requestAsync(Object... parts);

    /** {@link #request(Duration, Object...)} without waiting. */
    CompletionStage<Message> requestAsync(Duration timeout, Object... parts);

    /** Closes the channel; requests under way on it end in {@link ChannelClosedException}. Does nothing the second time. */
    @Override
    void close();
}
