package org.understudy.site.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.understudy.BackupInfo;
import org.understudy.EnvironmentCorruptedException;
import org.understudy.Place;
import org.understudy.Standing;

/** What a backup consists of, in a small text file that is written last: a backup without one was never finished. */
record Manifest(
        String environment, Optional<UUID> group, Standing standing, long permanentLsn, List<BackupFile> files) {
    /** Its name in the backup. */
    static final String NAME = "backup.manifest";

    private static final String HEAD = "understudy backup 1";
    private static final String CHECKSUM = "crc32c ";

    byte[] encode() {
        List<String> lines = new ArrayList<>(List.of(
                HEAD,
                "environment " + environment,
                "group " + group.map(UUID::toString).orElse("-"),
                "standing " + standing.generation() + " " + standing.lsn(),
                "permanent " + permanentLsn));
        for (BackupFile file : files) {
            lines.add("file " + hex(file.crc32c()) + " " + file.bytes() + " " + file.name());
        }
        String text = String.join("\n", lines) + "\n";
        return (text + CHECKSUM + hex(checksum(text)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a backup's.
     *
     * @throws IllegalArgumentException when there is none
     * @throws EnvironmentCorruptedException when it is not what was written
     */
    static Manifest read(Path backup, Place place) throws IOException {
        String text;
        try {
            text = Files.readString(backup.resolve(NAME));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "[" + place + "] " + backup + " is no backup, or one that was never finished: it has no file "
                            + NAME + "; name the directory that backup() was given",
                    e);
        }
        try {
            return decode(text);
        } catch (RuntimeException e) {
            throw new EnvironmentCorruptedException(
                    place, "the file " + NAME + " of the backup in " + backup + " is damaged; take another backup", e);
        }
    }

    private static Manifest decode(String text) {
        int end = text.lastIndexOf(CHECKSUM);
        String body = text.substring(0, end);
        if (!text.substring(end).strip().equals(CHECKSUM + hex(checksum(body)))) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        List<String> lines = body.lines().toList();
        if (!lines.get(0).equals(HEAD)) {
            throw new IllegalArgumentException("it begins with \"" + lines.get(0) + "\", not with \"" + HEAD + "\"");
        }
        String group = rest(lines.get(2));
        String[] standing = rest(lines.get(3)).split(" ");
        return new Manifest(
                rest(lines.get(1)),
                group.equals("-") ? Optional.empty() : Optional.of(UUID.fromString(group)),
                new Standing(Long.parseLong(standing[0]), Long.parseLong(standing[1])),
                Long.parseLong(rest(lines.get(4))),
                lines.stream().skip(5).map(Manifest::file).toList());
    }

    private static BackupFile file(String line) {
        String[] parts = rest(line).split(" ", 3);
        return new BackupFile(parts[2], Long.parseLong(parts[1]), HexFormat.fromHexDigits(parts[0]));
    }

    private static String rest(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    private static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }

    private static int checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    BackupInfo info(Path directory) {
        return new BackupInfo(
                directory,
                environment,
                group,
                standing,
                permanentLsn,
                files.size(),
                files.stream().mapToLong(BackupFile::bytes).sum());
    }
}
