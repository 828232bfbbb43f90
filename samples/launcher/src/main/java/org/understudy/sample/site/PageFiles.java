package org.understudy.sample.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that the page is made of: those that a server would serve by itself. */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final Pattern NAME = Pattern.compile("/([a-z]+\\.(html|css|js|svg))");

    /** A file and its media type. */
    record PageFile(byte[] content, String type) {}

    private PageFiles() {}

    /** The file of a path, the sample's own or one that all samples have; empty for any other. */
    static Optional<PageFile> find(String path) {
        Matcher name = NAME.matcher(path.equals("/") ? "/index.html" : path);
        return name.matches()
                ? read(name.group(1)).map(content -> new PageFile(content, TYPES.get(name.group(2))))
                : Optional.empty();
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream("/META-INF/resources/" + name)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
