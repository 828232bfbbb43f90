package org.understudy.cdi;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.understudy.Channel;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Status;

/** What the application's injection points ask for. Knowing it, a deployment can be refused with a clear message. */
final class Wishes {

    private final Map<String, String> named = new LinkedHashMap<>();
    private final Set<String> unnamed = new LinkedHashSet<>();
    private final Set<DatabaseWish> databases = new LinkedHashSet<>();
    private final Set<ChannelWish> channels = new LinkedHashSet<>();

    /** Takes note of an injection point, if it asks for something of ours, also by way of an {@link Instance}. */
    void add(InjectionPoint point) {
        Type type = unwrapped(point.getType());
        if (type == Environment.class || type == Status.class) {
            addEnvironment(point, environmentName(point));
        } else if (raw(type) == Database.class) {
            qualifier(point, DatabaseName.class)
                    .ifPresent(name -> addDatabase(point, name.value(), databaseTypes(type)));
        } else if (type == Channel.class) {
            addChannel(point, ChannelWish.of(point));
        }
    }

    /** Where each environment is asked for by name: the name, and one of the places. */
    Map<String, String> named() {
        return named;
    }

    /** Where the default environment is asked for. */
    Set<String> unnamed() {
        return unnamed;
    }

    /** The databases that are asked for. */
    Set<DatabaseWish> databases() {
        return databases;
    }

    /** The channels that are asked for. */
    Set<ChannelWish> channels() {
        return channels;
    }

    /** The environment that an injection point names, with either of the qualifiers that do. */
    static Optional<String> environmentName(InjectionPoint point) {
        return qualifier(point, EnvironmentName.class)
                .map(EnvironmentName::value)
                .or(() -> qualifier(point, Named.class).map(Named::value));
    }

    static <A extends Annotation> Optional<A> qualifier(InjectionPoint point, Class<A> type) {
        return point.getQualifiers().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    private void addEnvironment(InjectionPoint point, Optional<String> name) {
        if (name.isPresent()) {
            named.putIfAbsent(name.get(), place(point));
        } else if (qualifier(point, Default.class).isPresent()) {
            unnamed.add(place(point));
        }
    }

    private void addDatabase(InjectionPoint point, String name, Type[] types) {
        addEither(point, qualifier(point, EnvironmentName.class).map(EnvironmentName::value));
        databases.add(new DatabaseWish(name, types[0], types[1], place(point)));
    }

    private void addChannel(InjectionPoint point, ChannelWish wish) {
        if (wish.isOurs()) {
            addEither(point, wish.environment());
            channels.add(wish);
        }
    }

    private void addEither(InjectionPoint point, Optional<String> environment) {
        environment.ifPresentOrElse(name -> named.putIfAbsent(name, place(point)), () -> unnamed.add(place(point)));
    }

    /** The types of keys and values that a type of databases names. */
    static Type[] databaseTypes(Type type) {
        return type instanceof ParameterizedType database
                ? database.getActualTypeArguments()
                : new Type[] {Object.class, Object.class};
    }

    private static Type raw(Type type) {
        return type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type;
    }

    private static Type unwrapped(Type type) {
        if (type instanceof ParameterizedType wrapper
                && (wrapper.getRawType() == Instance.class || wrapper.getRawType() == Provider.class)) {
            return wrapper.getActualTypeArguments()[0];
        }
        return type;
    }

    /** Where an injection point stands, for people. Those that extensions make up need not have a member. */
    static String place(InjectionPoint point) {
        Member member = point.getMember();
        if (member == null) {
            return point.toString();
        }
        String type = member.getDeclaringClass().getSimpleName();
        return member instanceof Constructor<?> ? "The constructor of " + type : type + "." + member.getName();
    }
}
