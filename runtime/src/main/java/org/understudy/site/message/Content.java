package org.understudy.site.message;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.understudy.Message;
import org.understudy.PartCodec;

/** A message that has come, read part by part. The lists and arrays it is made of belong to it. */
class Content implements Message {
    /** About what a message takes beside its parts: many small ones must not fill the memory either. */
    private static final int MESSAGE_BYTES = 256;

    private final String topic;
    private final String sender;
    private final List<byte[]> parts;
    private final PartCodec codec;

    Content(String topic, String sender, List<byte[]> parts, PartCodec codec) {
        this.topic = topic;
        this.sender = sender;
        this.parts = parts;
        this.codec = codec;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public String sender() {
        return sender;
    }

    @Override
    public int size() {
        return parts.size();
    }

    @Override
    public byte[] bytes(int index) {
        return part(index).clone();
    }

    @Override
    public String text(int index) {
        return new String(part(index), StandardCharsets.UTF_8);
    }

    @Override
    public Object as(int index, Type type) {
        if (type == byte[].class) {
            return bytes(index);
        }
        return type == String.class ? text(index) : codec.decode(bytes(index), type);
    }

    /** What it takes in memory, about. */
    long weight() {
        return MESSAGE_BYTES + Parts.size(parts);
    }

    private byte[] part(int index) {
        if (index < 0 || index >= parts.size()) {
            throw new IndexOutOfBoundsException(
                    "there is no part " + index + ": this message from " + sender + " has " + parts.size());
        }
        return parts.get(index);
    }

    @Override
    public String toString() {
        return "message of " + parts.size() + " parts from " + sender + (topic.isEmpty() ? "" : " on " + topic);
    }
}
