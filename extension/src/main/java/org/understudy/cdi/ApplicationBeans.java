package org.understudy.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.json.bind.Jsonb;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.understudy.Codec;
import org.understudy.DatabaseFilter;
import org.understudy.cdi.codec.JsonCodecs;
import org.understudy.cdi.codec.JsonbCodecs;
import org.understudy.cdi.codec.NoCodecException;
import org.understudy.cdi.codec.OwnCodecs;
import org.understudy.cdi.codec.TypeNames;

/** The beans of the application that say how to store things: its codecs, and its JSON-B if it has one of its own. */
final class ApplicationBeans implements OwnCodecs, AutoCloseable {

    private static final Logger LOG = System.getLogger(ApplicationBeans.class.getName());

    private final BeanManager beanManager;
    private final Queue<CreationalContext<?>> contexts = new ConcurrentLinkedQueue<>();
    private Optional<JsonCodecs> json = Optional.empty();

    ApplicationBeans(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    @Override
    public Optional<Codec<?>> find(Type type) {
        Type codec = new CodecOf(type);
        @SuppressWarnings("unchecked") // what is passed to it comes from where the type was named
        Optional<Codec<?>> found =
                resolve(codec).map(bean -> new CodecBean(() -> (Codec<Object>) reference(bean, codec)));
        return found;
    }

    /** JSON-B: the application's bean, or else as it comes; empty where there is none. */
    synchronized Optional<JsonCodecs> json() {
        json = json.or(this::findJson);
        return json;
    }

    private Optional<JsonCodecs> findJson() {
        try {
            Optional<JsonCodecs> own =
                    resolve(Jsonb.class).map(bean -> new JsonbCodecs((Jsonb) reference(bean, Jsonb.class)));
            return own.or(JsonbCodecs::find);
        } catch (NoClassDefFoundError e) {
            LOG.log(Level.DEBUG, "USTDY-0802 JSON-B is not there", e);
            return Optional.empty();
        }
    }

    /** The application's choice of databases for its views, if it has a bean for that. */
    Optional<DatabaseFilter> databaseFilter() {
        return resolve(DatabaseFilter.class).map(bean -> (DatabaseFilter) reference(bean, DatabaseFilter.class));
    }

    /** Lets go of the beans that were made for us alone. */
    @Override
    public void close() {
        for (CreationalContext<?> context = contexts.poll(); context != null; context = contexts.poll()) {
            context.release();
        }
    }

    private Optional<Bean<?>> resolve(Type type) {
        Set<Bean<?>> beans = beanManager.getBeans(type);
        try {
            return Optional.ofNullable(beanManager.resolve(beans));
        } catch (AmbiguousResolutionException e) {
            throw new NoCodecException("there are several beans of type " + TypeNames.simple(type)
                    + "; keep one of them, or make one an alternative with a priority");
        }
    }

    private Object reference(Bean<?> bean, Type type) {
        CreationalContext<?> context = beanManager.createCreationalContext(bean);
        contexts.add(context);
        return beanManager.getReference(bean, type, context);
    }

    /** The type of a codec of a certain type. */
    private record CodecOf(Type value) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {value};
        }

        @Override
        public Type getRawType() {
            return Codec.class;
        }

        @Override
        public Type getOwnerType() {
            return null;
        }
    }
}
