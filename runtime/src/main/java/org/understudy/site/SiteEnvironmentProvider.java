package org.understudy.site;

import java.nio.file.Path;
import java.util.List;
import org.understudy.BackupInfo;
import org.understudy.ComparisonReport;
import org.understudy.Environment;
import org.understudy.EnvironmentConfig;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.RecoverAs;
import org.understudy.Standing;
import org.understudy.StorageKind;
import org.understudy.VerifyReport;
import org.understudy.site.backup.Restore;
import org.understudy.site.verify.Comparison;
import org.understudy.site.verify.Verifier;
import org.understudy.spi.EnvironmentProvider;
import org.understudy.thread.LibraryThread;

/** Opens environments on a thread of the library's own, so that the caller's keeps no trace of it. */
public final class SiteEnvironmentProvider implements EnvironmentProvider {

    /** For the service loader. */
    public SiteEnvironmentProvider() {}

    @Override
    public Environment open(EnvironmentConfig config) {
        return LibraryThread.call("understudy-" + config.name() + "-open", () -> new Opening(config).run());
    }

    @Override
    public BackupInfo restore(Path backup, EnvironmentConfig config) {
        if (config.storage() == StorageKind.MEMORY) {
            throw new IllegalArgumentException(
                    "[" + Place.of(config)
                            + "] an environment in memory has no home to restore to: restore with storage=DISK, or let it join the group");
        }
        return new Restore(Place.of(config), backup, config.home()).run();
    }

    @Override
    public Standing recover(EnvironmentConfig config, RecoverAs as) {
        return LibraryThread.call(
                "understudy-" + config.name() + "-recover", () -> new OfflineRecovery(config).run(as));
    }

    @Override
    public VerifyReport verify(EnvironmentConfig config) {
        return LibraryThread.call("understudy-" + config.name() + "-verify", () -> {
            Storage storage;
            try {
                storage = Storage.openOffline(config);
            } catch (EnvironmentCorruptedException e) {
                return new VerifyReport(Standing.ZERO, 0, 0, 0, List.of(e.getMessage()));
            }
            try {
                return new Verifier(storage.log(), storage.store()).verify();
            } finally {
                storage.close();
            }
        });
    }

    @Override
    public ComparisonReport compare(EnvironmentConfig one, EnvironmentConfig other) {
        return LibraryThread.call("understudy-" + one.name() + "-compare", () -> {
            Storage left = Storage.openOffline(one);
            try {
                Storage right = Storage.openOffline(other);
                try {
                    return new Comparison(left.log(), left.store(), right.log(), right.store()).run();
                } finally {
                    right.close();
                }
            } finally {
                left.close();
            }
        });
    }
}
