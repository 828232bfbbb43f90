package org.understudy.process;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * Finds the form of a type in the type itself: a record component by component, a sealed interface by which of its types it
 * is, the plain values one by one. So the whole API crosses the socket without a second description of it, and only types
 * that are named somewhere in a message can ever be made.
 */
final class Forms {
    private static final Map<Type, Form> FOUND = new ConcurrentHashMap<>();
    private static final Map<Type, Form> PLAIN = new HashMap<>();

    static {
        plain(boolean.class, ValueWriter::putBoolean, ValueReader::getBoolean);
        plain(int.class, ValueWriter::putInt, ValueReader::getInt);
        plain(long.class, ValueWriter::putLong, ValueReader::getLong);
        PLAIN.put(Boolean.class, PLAIN.get(boolean.class));
        PLAIN.put(Integer.class, PLAIN.get(int.class));
        PLAIN.put(Long.class, PLAIN.get(long.class));
        Forms.<String>plain(String.class, ValueWriter::putString, ValueReader::getString);
        Forms.<byte[]>plain(byte[].class, ValueWriter::putBytes, ValueReader::getBytes);
        Forms.<UUID>plain(UUID.class, ValueWriter::putUuid, ValueReader::getUuid);
        Forms.<Path>plain(Path.class, (out, path) -> out.putString(path.toString()), in -> Path.of(in.getString()));
        plain(
                Duration.class,
                (ValueWriter out, Duration value) ->
                        out.putLong(value.getSeconds()).putInt(value.getNano()),
                in -> Duration.ofSeconds(in.getLong(), in.getInt()));
        plain(
                Instant.class,
                (ValueWriter out, Instant value) ->
                        out.putLong(value.getEpochSecond()).putInt(value.getNano()),
                in -> Instant.ofEpochSecond(in.getLong(), in.getInt()));
        plain(
                OptionalInt.class,
                (ValueWriter out, OptionalInt value) ->
                        out.putBoolean(value.isPresent()).putInt(value.orElse(0)),
                in -> in.getBoolean() ? OptionalInt.of(in.getInt()) : skipped(in.getInt(), OptionalInt.empty()));
        plain(
                OptionalLong.class,
                (ValueWriter out, OptionalLong value) ->
                        out.putBoolean(value.isPresent()).putLong(value.orElse(0)),
                in -> in.getBoolean() ? OptionalLong.of(in.getLong()) : skipped(in.getLong(), OptionalLong.empty()));
        Forms.<RuntimeException>plain(RuntimeException.class, Failures::write, Failures::read);
        plain(Void.class, (ValueWriter out, Void nothing) -> {}, in -> null);
    }

    private Forms() {}

    @SuppressWarnings("unchecked")
    private static <T> void plain(Class<T> type, BiConsumer<ValueWriter, T> write, Function<ValueReader, T> read) {
        PLAIN.put(type, new Form(type.getSimpleName(), (BiConsumer<ValueWriter, Object>) write, read::apply));
    }

    private static <T> T skipped(Number ignored, T empty) {
        return empty;
    }

    /**
     * The form of a type.
     *
     * @throws IllegalArgumentException if it has none
     */
    static Form of(Type type) {
        Form known = FOUND.get(type);
        if (known == null) {
            known = find(type);
            FOUND.put(type, known);
        }
        return known;
    }

    private static Form find(Type type) {
        if (PLAIN.containsKey(type)) {
            return PLAIN.get(type);
        } else if (type instanceof ParameterizedType parameterized) {
            return container((Class<?>) parameterized.getRawType(), parameterized.getActualTypeArguments());
        } else if (type instanceof Class<?> found && found.isEnum()) {
            return enumeration(found);
        } else if (type instanceof Class<?> found && found.isRecord()) {
            return record(found);
        } else if (type instanceof Class<?> found && found.isSealed()) {
            return union(found);
        }
        throw none(type);
    }

    private static Form container(Class<?> raw, Type[] arguments) {
        if (raw.isSealed()) {
            return union(raw);
        }
        Form element = of(arguments[0]);
        if (raw == Optional.class) {
            return optional(element);
        } else if (raw == List.class) {
            return new Form(
                    "List<" + element.description() + ">",
                    (out, value) -> all(out, (List<?>) value, element),
                    in -> in.getAll(element::read));
        } else if (raw == Set.class) {
            return new Form(
                    "Set<" + element.description() + ">",
                    (out, value) -> all(out, (Set<?>) value, element),
                    in -> new LinkedHashSet<>(in.getAll(element::read)));
        } else if (raw == Map.class || raw == SortedMap.class) {
            return map(raw, element, of(arguments[1]));
        }
        throw none(raw);
    }

    private static IllegalArgumentException none(Type type) {
        return new IllegalArgumentException(type + " has no form in which it could cross a socket");
    }

    private static Form optional(Form element) {
        return new Form(
                "Optional<" + element.description() + ">",
                (out, value) -> {
                    Optional<?> optional = (Optional<?>) value;
                    out.putBoolean(optional.isPresent());
                    optional.ifPresent(present -> element.write(out, present));
                },
                in -> in.getBoolean() ? Optional.of(element.read(in)) : Optional.empty());
    }

    private static void all(ValueWriter out, Collection<?> values, Form element) {
        out.putInt(values.size());
        values.forEach(value -> element.write(out, value));
    }

    private static Form map(Class<?> raw, Form key, Form value) {
        return new Form(
                "Map<" + key.description() + "," + value.description() + ">",
                (out, given) -> {
                    Map<?, ?> map = (Map<?, ?>) given;
                    out.putInt(map.size());
                    map.forEach((k, v) -> {
                        key.write(out, k);
                        value.write(out, v);
                    });
                },
                in -> {
                    Map<Object, Object> map = raw == SortedMap.class ? new TreeMap<>() : new LinkedHashMap<>();
                    for (int left = in.getInt(); left > 0; left--) {
                        Object k = key.read(in);
                        map.put(k, value.read(in));
                    }
                    return map;
                });
    }

    private static Form enumeration(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return new Form(
                type.getSimpleName() + Arrays.toString(constants),
                (out, value) -> out.putByte(((Enum<?>) value).ordinal()),
                in -> constants[index(in, constants.length, type)]);
    }

    private static int index(ValueReader in, int count, Class<?> type) {
        int index = in.getByte() & 0xFF;
        if (index >= count) {
            throw new MalformedValueException("a " + type.getSimpleName() + " of kind " + index);
        }
        return index;
    }

    private static Form union(Class<?> type) {
        Class<?>[] kinds = type.getPermittedSubclasses().clone();
        Arrays.sort(kinds, Comparator.comparing(Class::getName));
        Form[] forms = Arrays.stream(kinds).map(Forms::of).toArray(Form[]::new);
        Map<Class<?>, Integer> indexes = new HashMap<>();
        for (int i = 0; i < kinds.length; i++) {
            indexes.put(kinds[i], i);
        }
        return new Form(
                type.getSimpleName()
                        + Arrays.stream(forms).map(Form::description).toList(),
                (out, value) -> {
                    int index = kindOf(value.getClass(), indexes);
                    out.putByte(index);
                    forms[index].write(out, value);
                },
                in -> forms[index(in, forms.length, type)].read(in));
    }

    /** A kind may be a sealed interface of its own, so that a value's class is found under it. */
    private static int kindOf(Class<?> found, Map<Class<?>, Integer> indexes) {
        Integer index = indexes.get(found);
        return index != null
                ? index
                : indexes.entrySet().stream()
                        .filter(kind -> kind.getKey().isAssignableFrom(found))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(found + " is of none of " + indexes.keySet()))
                        .getValue();
    }

    private static Form record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Form[] forms = Arrays.stream(components)
                .map(RecordComponent::getGenericType)
                .map(Forms::of)
                .toArray(Form[]::new);
        MethodHandle[] getters =
                Arrays.stream(components).map(part -> getter(type, part)).toArray(MethodHandle[]::new);
        MethodHandle constructor = constructor(type, components);
        return new Form(
                type.getSimpleName()
                        + Arrays.stream(forms).map(Form::description).toList(),
                (out, value) -> {
                    for (int i = 0; i < forms.length; i++) {
                        forms[i].write(out, part(getters[i], value));
                    }
                },
                in -> {
                    Object[] parts = new Object[forms.length];
                    for (int i = 0; i < forms.length; i++) {
                        parts[i] = forms[i].read(in);
                    }
                    return made(constructor, parts);
                });
    }

    private static MethodHandle getter(Class<?> type, RecordComponent component) {
        try {
            return lookup(type)
                    .unreflect(component.getAccessor())
                    .asType(MethodType.methodType(Object.class, Object.class));
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(type + " can't be looked into", e);
        }
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] parts =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return lookup(type)
                    .findConstructor(type, MethodType.methodType(void.class, parts))
                    .asSpreader(Object[].class, parts.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException(type + " can't be made", e);
        }
    }

    private static MethodHandles.Lookup lookup(Class<?> type) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
    }

    private static Object part(MethodHandle getter, Object value) {
        try {
            return getter.invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object made(MethodHandle constructor, Object[] parts) {
        try {
            return constructor.invokeExact(parts);
        } catch (RuntimeException refused) {
            // Whatever a value refuses to be made of, it is the other end that sent it.
            throw new MalformedValueException("a value that is none: " + refused);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
