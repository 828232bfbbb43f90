package org.understudy.sample.quotes.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files that the page is made of. */
final class PageFiles {

    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "quotes.js", "text/javascript; charset=utf-8",
            "group.js", "text/javascript; charset=utf-8",
            "feed.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    /** A file and its media type. */
    record PageFile(byte[] content, String type) {}

    private PageFiles() {}

    /** The file of a path; empty for any other than those of the page. */
    static Optional<PageFile> find(String path) {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        return Optional.ofNullable(TYPES.get(name)).map(type -> new PageFile(read(name), type));
    }

    private static byte[] read(String name) {
        try (InputStream file = PageFiles.class.getResourceAsStream("/page/" + name)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
