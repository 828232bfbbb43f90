package org.understudy.cdi;

import java.util.function.Supplier;
import org.understudy.Codec;

/** A codec that is a bean, asked for when it is first used: before that the container may not be ready to make it. */
final class CodecBean implements Codec<Object> {

    private final Supplier<Codec<Object>> bean;
    private volatile Codec<Object> codec;

    CodecBean(Supplier<Codec<Object>> bean) {
        this.bean = bean;
    }

    @Override
    public byte[] encode(Object value) {
        return codec().encode(value);
    }

    @Override
    public Object decode(byte[] bytes) {
        return codec().decode(bytes);
    }

    private Codec<Object> codec() {
        Codec<Object> found = codec;
        return found == null ? find() : found;
    }

    private synchronized Codec<Object> find() {
        if (codec == null) {
            codec = bean.get();
        }
        return codec;
    }
}
