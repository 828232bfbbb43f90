package org.understudy.spi;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.understudy.BackupInfo;
import org.understudy.ComparisonReport;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.RecoverAs;
import org.understudy.Standing;
import org.understudy.VerifyReport;

/** Opens environments. There is one, found by {@link ServiceLoader}; applications call {@link Environment#open}. */
public interface EnvironmentProvider {

    /** Does what {@link Environment#open} promises. */
    Environment open(EnvironmentConfig config);

    /** Does what {@link Environment#restore} promises. */
    BackupInfo restore(Path backup, EnvironmentConfig config);

    /** Does what {@link Environment#recover} promises. */
    Standing recover(EnvironmentConfig config, RecoverAs as);

    /** Does what {@link Environment#verify(EnvironmentConfig)} promises. */
    VerifyReport verify(EnvironmentConfig config);

    /** Does what {@link Environment#compare} promises. */
    ComparisonReport compare(EnvironmentConfig one, EnvironmentConfig other);

    /**
     * The provider that came with the API. It is looked for beside this class, not in the thread's class loader: in a
     * server that could be another application's.
     *
     * @throws IllegalStateException if there is none
     */
    static EnvironmentProvider find() {
        return ServiceLoader.load(EnvironmentProvider.class, EnvironmentProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No " + EnvironmentProvider.class.getName()
                        + " is on the class path; add understudy-runtime whole, with its META-INF/services"));
    }
}
