package org.understudy.cdi;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.understudy.Codec;
import org.understudy.cdi.codec.CodecCatalog;
import org.understudy.cdi.codec.NoCodecException;
import org.understudy.cdi.config.ApplicationConfig;
import org.understudy.cdi.mastership.MasterOnlyMethods;

/** Everything that is wrong with a deployment: with its configuration, and with what is injected. */
final class Validation {

    private static final int NAME_LENGTH = 255;

    private final ApplicationConfig config;
    private final Wishes wishes;
    private final CodecCatalog codecs;
    private final MessageObservers observers;
    private final MasterOnlyMethods masterOnly;
    private final List<String> problems = new ArrayList<>();

    Validation(
            ApplicationConfig config,
            Wishes wishes,
            CodecCatalog codecs,
            MessageObservers observers,
            MasterOnlyMethods masterOnly) {
        this.masterOnly = masterOnly;
        this.observers = observers;
        this.config = config;
        this.wishes = wishes;
        this.codecs = codecs;
    }

    /** The problems, one sentence each. */
    List<String> problems() {
        problems.clear();
        problems.addAll(config.problems());
        checkNames();
        wishes.databases().forEach(this::checkDatabase);
        wishes.channels().forEach(wish -> problems.addAll(wish.problems()));
        problems.addAll(observers.problems());
        problems.addAll(masterOnly.problems(config.names(), config.defaultName(), codecs));
        return List.copyOf(problems);
    }

    private void checkNames() {
        wishes.named().forEach((name, place) -> {
            if (!config.names().contains(name)) {
                problems.add(place + " asks for the environment " + name + ", which is not configured ("
                        + configured() + "); name it in understudy.environments and set understudy.environment." + name
                        + ".home");
            }
        });
        if (config.defaultName().isEmpty() && !wishes.unnamed().isEmpty()) {
            problems.add(String.join(", ", wishes.unnamed()) + " asks for the default environment, and there is none ("
                    + configured() + "); set understudy.home, or name an environment with @EnvironmentName");
        }
    }

    private String configured() {
        return "configured: " + (config.names().isEmpty() ? "none" : String.join(", ", config.names()));
    }

    private void checkDatabase(DatabaseWish wish) {
        String name = wish.name();
        if (name.isEmpty() || name.length() > NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(wish.place() + ": a database's name has 1 to " + NAME_LENGTH
                    + " characters, none of them a control character; @DatabaseName says \"" + name + "\"");
        }
        checkCodec(wish, codecs::forKeys, wish.keys());
        checkCodec(wish, codecs::forValues, wish.values());
    }

    private void checkCodec(DatabaseWish wish, Function<Type, Codec<?>> find, Type type) {
        try {
            find.apply(type);
        } catch (NoCodecException e) {
            problems.add(wish.place() + ", database " + wish.name() + ": " + e.getMessage());
        }
    }
}
