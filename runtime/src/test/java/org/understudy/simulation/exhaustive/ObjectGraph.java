package org.understudy.simulation.exhaustive;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.understudy.protocol.ReplicaSettings;

/**
 * Copies and hashes what an object and all behind it hold, by reflection: the protocol core needs no facility for that. A
 * copy is poured into an object that its own constructor made, so that what refers back to the whole refers to the new one.
 */
final class ObjectGraph {
    /**
     * What no decision about safety depends on: counts for people, what a site has heard of others' progress, and what it
     * makes of a canvass, which the search replaces. States that differ in these alone are one.
     */
    private static final Set<String> BESIDE_THE_POINT = Set.of(
            "ReplicaContext.eventSequence",
            "ReplicaContext.effects",
            "Replica.permFailed",
            "Elections.held",
            "Elections.won",
            "Elections.announced",
            "Elections.tiebreaker",
            "Elections.canvass",
            "Elections.nominations",
            "Elections.preparation",
            "PeerState.last",
            "PeerState.permanentLsn",
            "PeerState.phase",
            "ClientRole.masterLsn",
            "ClientRole.startupTargetLsn",
            "ClientRole.startedGeneration",
            "ClientRole.everStarted",
            "ClientRole.announcedGeneration",
            "Streams.recent",
            "Streams.near");

    private static final Map<Class<?>, List<Field>> FIELDS = new ConcurrentHashMap<>();

    private ObjectGraph() {}

    private static List<Field> fields(Class<?> type) {
        return FIELDS.computeIfAbsent(type, missing -> {
            List<Field> fields = new ArrayList<>();
            for (Class<?> each = missing; each != Object.class && each != null; each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
            return List.copyOf(fields);
        });
    }

    /** Whether it is made of parts that change; all else is a value, and shared. */
    private static boolean isPart(Object object) {
        Class<?> type = object.getClass();
        return type.getName().startsWith("org.understudy.")
                && !type.isRecord()
                && !type.isHidden()
                && !(object instanceof Enum)
                && !type.getName().startsWith("org.understudy.log.")
                && !type.getSimpleName().equals("Rules")
                && !type.getSuperclass().getSimpleName().equals("Rules");
    }

    // ---- copying ----

    /** Pours the state of one object into another of the same class. */
    static void pour(Object from, Object into) {
        new Copier().pour(from, into);
    }

    private static final class Copier {
        private final Map<Object, Object> copies = new IdentityHashMap<>();

        void pour(Object from, Object into) {
            copies.put(from, into);
            pairUp(from, into);
            for (Object original : List.copyOf(copies.keySet())) {
                fill(original, copies.get(original));
            }
        }

        /** Finds for each part that the constructor made its partner on the other side. */
        private void pairUp(Object from, Object into) {
            for (Field field : fields(from.getClass())) {
                Object one = get(field, from);
                Object other = get(field, into);
                boolean pair = one != null
                        && other != null
                        && isPart(one)
                        && one.getClass() == other.getClass()
                        && Modifier.isFinal(field.getModifiers());
                if (pair && !copies.containsKey(one)) {
                    copies.put(one, other);
                    pairUp(one, other);
                }
            }
        }

        private void fill(Object from, Object into) {
            for (Field field : fields(from.getClass())) {
                if (field.getType().isPrimitive()) {
                    set(field, into, get(field, from));
                } else {
                    Object value = get(field, from);
                    if (value == null || !value.getClass().isHidden()) {
                        set(field, into, copy(value, get(field, into)));
                    }
                }
            }
        }

        private Object copy(Object value, Object there) {
            if (value == null) {
                return null;
            } else if (copies.containsKey(value)) {
                return copies.get(value);
            } else if (isPart(value)) {
                Object made = Allocation.make(value.getClass());
                copies.put(value, made);
                fill(value, made);
                return made;
            } else if (value instanceof Optional<?> optional) {
                return optional.map(held -> copy(held, null));
            } else if (value.getClass().isArray()) {
                return copyArray(value);
            } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
                return copyContainer(value, there);
            }
            return value;
        }

        private Object copyContainer(Object value, Object there) {
            if (value.getClass().getName().contains("Immutable") || holdsListeners(value)) {
                return holdsListeners(value) ? there : value;
            }
            Object made = newInstance(value.getClass());
            if (value instanceof Map<?, ?> map) {
                map.forEach((key, held) -> asMap(made).put(key, copy(held, null)));
            } else {
                ((Collection<?>) value).forEach(held -> asCollection(made).add(copy(held, null)));
            }
            return made;
        }

        private static boolean holdsListeners(Object value) {
            return value instanceof List<?> list
                    && !list.isEmpty()
                    && list.get(0).getClass().isHidden();
        }

        private static Object copyArray(Object array) {
            int length = Array.getLength(array);
            Object made = Array.newInstance(array.getClass().getComponentType(), length);
            System.arraycopy(array, 0, made, 0, length);
            return array instanceof Object[] ? array : made;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> asMap(Object map) {
        return (Map<Object, Object>) map;
    }

    @SuppressWarnings("unchecked")
    private static Collection<Object> asCollection(Object collection) {
        return (Collection<Object>) collection;
    }

    private static Object newInstance(Class<?> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no empty " + type + " can be made", e);
        }
    }

    private static Object get(Field field, Object of) {
        try {
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void set(Field field, Object of, Object value) {
        try {
            field.set(of, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- hashing ----

    /** A number equal for equal states, and hardly ever for others. */
    static long hash(Object object) {
        return new Hasher().hash(object);
    }

    private static final class Hasher {
        private final Map<Object, Integer> seen = new IdentityHashMap<>();

        long hash(Object value) {
            if (value == null) {
                return 7;
            } else if (value instanceof Enum<?> constant) {
                return mix(constant.ordinal() + 11L);
            } else if (value instanceof ReplicaSettings || value.getClass().isHidden()) {
                return 13;
            } else if (isPart(value)) {
                return part(value);
            } else if (value instanceof Optional<?> optional) {
                return optional.isPresent() ? mix(hash(optional.get()) + 17) : 19;
            } else if (value instanceof Map<?, ?> map) {
                long sum = map.size();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    sum += mix(hash(entry.getKey()) * 31 + hash(entry.getValue()));
                }
                return mix(sum);
            } else if (value instanceof Set<?> set) {
                long sum = set.size();
                for (Object each : set) {
                    sum += mix(hash(each));
                }
                return mix(sum);
            } else if (value instanceof List<?> || value instanceof Deque<?>) {
                long all = 23;
                for (Object each : (Collection<?>) value) {
                    all = mix(all * 31 + hash(each));
                }
                return all;
            }
            return array(value);
        }

        private static long array(Object value) {
            if (value instanceof long[] numbers) {
                return mix(Arrays.hashCode(numbers));
            } else if (value instanceof boolean[] flags) {
                return mix(Arrays.hashCode(flags));
            } else if (value instanceof Object[] objects) {
                return mix(Arrays.hashCode(objects));
            }
            return mix(value.hashCode());
        }

        private long part(Object part) {
            Integer number = seen.putIfAbsent(part, seen.size());
            if (number != null) {
                return mix(number + 29L);
            }
            long all = 37;
            for (Field field : fields(part.getClass())) {
                if (!BESIDE_THE_POINT.contains(field.getDeclaringClass().getSimpleName() + "." + field.getName())) {
                    all = mix(all * 31 + hash(get(field, part)));
                }
            }
            return all;
        }
    }

    /** Scrambles a number: equal in, equal out. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Makes objects without their constructors, as serialisation does; named by text, for the compiler warns of it. */
    private static final class Allocation {
        private static final Object UNSAFE;
        private static final Method ALLOCATE;

        static {
            try {
                Class<?> type = Class.forName("sun.misc.Unsafe");
                Field field = type.getDeclaredField("theUnsafe");
                field.setAccessible(true);
                UNSAFE = field.get(null);
                ALLOCATE = type.getMethod("allocateInstance", Class.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        static Object make(Class<?> type) {
            try {
                return ALLOCATE.invoke(UNSAFE, type);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("no " + type + " can be made", e);
            }
        }
    }
}
