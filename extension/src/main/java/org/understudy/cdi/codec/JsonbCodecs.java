package org.understudy.cdi.codec;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.lang.reflect.Type;
import java.util.Optional;
import org.understudy.Codec;
import org.understudy.Codecs;

/** Codecs that store objects as the JSON text that JSON-B gives them. */
public final class JsonbCodecs implements JsonCodecs {

    private final Jsonb jsonb;

    /** Codecs of an instance that is configured already. */
    public JsonbCodecs(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    /** Codecs of JSON-B as it comes, if its API and an implementation are there. */
    public static Optional<JsonCodecs> find() {
        try {
            return Optional.of(new JsonbCodecs(JsonbBuilder.create()));
        } catch (JsonbException | LinkageError e) {
            System.getLogger(JsonbCodecs.class.getName())
                    .log(System.Logger.Level.DEBUG, "USTDY-0801 JSON-B is not there", e);
            return Optional.empty();
        }
    }

    @Override
    public Codec<?> of(Type type) {
        return new JsonbCodec(jsonb, type);
    }

    /** Objects of one type. */
    private record JsonbCodec(Jsonb jsonb, Type type) implements Codec<Object> {

        @Override
        public byte[] encode(Object value) {
            try {
                return Codecs.STRING.encode(jsonb.toJson(value, type));
            } catch (JsonbException e) {
                throw new IllegalArgumentException(
                        "JSON-B cannot write a " + TypeNames.simple(type) + ": " + e.getMessage(), e);
            }
        }

        @Override
        public Object decode(byte[] bytes) {
            String text = Codecs.STRING.decode(bytes);
            Object value;
            try {
                value = jsonb.fromJson(text, type);
            } catch (JsonbException e) {
                throw new IllegalArgumentException(unreadable(), e);
            }
            if (value == null) {
                throw new IllegalArgumentException(unreadable());
            }
            return value;
        }

        private String unreadable() {
            return "JSON-B cannot read a " + TypeNames.simple(type)
                    + ": the type has changed since it was written, or another codec wrote it";
        }
    }
}
