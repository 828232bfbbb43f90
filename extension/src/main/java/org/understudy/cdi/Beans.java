package org.understudy.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.understudy.Channel;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.Status;
import org.understudy.cdi.config.ApplicationConfig;
import org.understudy.cdi.health.HealthSource;
import org.understudy.cdi.jta.Jta;
import org.understudy.cdi.mastership.CallGate;
import org.understudy.cdi.mastership.Mastership;

/**
 * The beans that applications inject.
 *
 * <p>There are beans for environments that are asked for and not configured too: {@link Validation} then says so, better
 * than the container's word that a dependency is not satisfied.
 */
final class Beans {

    private final ApplicationConfig config;
    private final Wishes wishes;
    private final Environments environments;

    Beans(ApplicationConfig config, Wishes wishes, Environments environments) {
        this.config = config;
        this.wishes = wishes;
        this.environments = environments;
    }

    void addTo(AfterBeanDiscovery event) {
        Set<String> names = new LinkedHashSet<>(config.names());
        names.addAll(wishes.named().keySet());
        for (String name : names) {
            Set<Annotation> qualifiers = qualifiers(name);
            addEnvironment(event, name, qualifiers);
            addStatus(event, name, qualifiers);
        }
        if (config.defaultName().isEmpty()) {
            addEnvironment(event, "", Set.of(Any.Literal.INSTANCE, Default.Literal.INSTANCE));
            addStatus(event, "", Set.of(Any.Literal.INSTANCE, Default.Literal.INSTANCE));
        }
        addDatabases(event, names);
        addChannels(event, names);
        event.<HealthSource>addBean()
                .beanClass(HealthSource.class)
                .types(HealthSource.class, Object.class)
                .qualifiers(Any.Literal.INSTANCE, Default.Literal.INSTANCE)
                .scope(ApplicationScoped.class)
                .createWith(context -> environments);
        addJta(event);
        addMasterOnly(event);
    }

    private void addJta(AfterBeanDiscovery event) {
        event.<Jta>addBean()
                .beanClass(Jta.class)
                .id("understudy-jta")
                .types(Jta.class, Object.class)
                .qualifiers(Any.Literal.INSTANCE, Default.Literal.INSTANCE)
                .scope(ApplicationScoped.class)
                .createWith(context -> environments.jta());
    }

    private void addMasterOnly(AfterBeanDiscovery event) {
        Set<Annotation> qualifiers = Set.of(Any.Literal.INSTANCE, Default.Literal.INSTANCE);
        event.<Mastership>addBean()
                .beanClass(Mastership.class)
                .types(Mastership.class, Object.class)
                .qualifiers(qualifiers)
                .scope(ApplicationScoped.class)
                .createWith(context -> environments.masterOnly().current());
        event.<CallGate>addBean()
                .beanClass(CallGate.class)
                .types(CallGate.class, Object.class)
                .qualifiers(qualifiers)
                .scope(ApplicationScoped.class)
                .createWith(context -> environments.masterOnly());
    }

    private Set<Annotation> qualifiers(String name) {
        Set<Annotation> qualifiers = new HashSet<>();
        qualifiers.add(Any.Literal.INSTANCE);
        qualifiers.add(EnvironmentName.Literal.of(name));
        qualifiers.add(NamedLiteral.of(name));
        if (config.defaultName().filter(name::equals).isPresent()) {
            qualifiers.add(Default.Literal.INSTANCE);
        }
        return qualifiers;
    }

    private void addEnvironment(AfterBeanDiscovery event, String name, Set<Annotation> qualifiers) {
        event.<Environment>addBean()
                .beanClass(Environment.class)
                .id("understudy-environment-" + name)
                .types(Environment.class, Object.class)
                .qualifiers(qualifiers)
                .scope(ApplicationScoped.class)
                .createWith(context -> environments.get(name));
    }

    private void addStatus(AfterBeanDiscovery event, String name, Set<Annotation> qualifiers) {
        event.<Status>addBean()
                .beanClass(Status.class)
                .id("understudy-status-" + name)
                .types(Status.class, Object.class)
                .qualifiers(qualifiers)
                .scope(Dependent.class)
                .createWith(context -> environments.get(name).status());
    }

    /** One bean for all databases of all environments: the injection point says which. */
    private void addDatabases(AfterBeanDiscovery event, Set<String> names) {
        Set<Annotation> qualifiers = new HashSet<>();
        qualifiers.add(Any.Literal.INSTANCE);
        qualifiers.add(DatabaseName.Literal.of(""));
        names.forEach(name -> qualifiers.add(EnvironmentName.Literal.of(name)));
        event.<Database<?, ?>>addBean()
                .beanClass(Database.class)
                .id("understudy-databases")
                .types(new OfAnyTypes<>().getType(), Object.class)
                .qualifiers(qualifiers)
                .scope(Dependent.class)
                .createWith(environments::database);
    }

    /** One bean for all channels of all environments, too. */
    private void addChannels(AfterBeanDiscovery event, Set<String> names) {
        Set<Annotation> qualifiers = new HashSet<>(
                Set.of(Any.Literal.INSTANCE, ToMaster.Literal.INSTANCE, ToAll.Literal.INSTANCE, ToSite.Literal.of("")));
        names.forEach(name -> qualifiers.add(EnvironmentName.Literal.of(name)));
        wishes.channels().forEach(wish -> wish.topic().map(Topic.Literal::of).ifPresent(qualifiers::add));
        event.<Channel>addBean()
                .beanClass(Channel.class)
                .id("understudy-channels")
                .types(Channel.class, Object.class)
                .qualifiers(qualifiers)
                .scope(Dependent.class)
                .createWith(environments::channel)
                .destroyWith((channel, context) -> channel.close());
    }

    /** {@code Database<K, V>} with two type variables, as the return type of a producer would be. */
    private static final class OfAnyTypes<K, V> extends TypeLiteral<Database<K, V>> {

        private static final long serialVersionUID = 1L;
    }
}
