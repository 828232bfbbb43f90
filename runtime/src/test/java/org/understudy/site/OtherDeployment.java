package org.understudy.site;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.understudy.Codecs;
import org.understudy.Database;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;

/** An application that is deployed by itself, with a library of its own: uses a home, and tells what it found there. */
public final class OtherDeployment implements UnaryOperator<String> {

    /** For the class loader it is made in. */
    public OtherDeployment() {}

    @Override
    public String apply(String home) {
        EnvironmentConfig config = EnvironmentConfig.builder(Path.of(home)).build();
        try (Environment environment = Environment.open(config)) {
            Database<String, String> names = environment.database("names", Codecs.STRING, Codecs.STRING);
            String found = names.get("k").orElse("nothing");
            names.put("k", found + " and more");
            return found;
        }
    }
}
