package org.understudy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * What a backup holds.
 *
 * @param directory where it is
 * @param environment the name of the environment it was made of
 * @param group the group it belongs to, if any
 * @param standing the last record in it
 * @param permanentLsn up to where its site knew the records to be permanent
 * @param files how many files it has
 * @param bytes the size of all of them
 */
public record BackupInfo(
        Path directory,
        String environment,
        Optional<UUID> group,
        Standing standing,
        long permanentLsn,
        int files,
        long bytes) {}
