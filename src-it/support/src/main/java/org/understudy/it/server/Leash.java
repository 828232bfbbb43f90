package org.understudy.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent that ends a server's JVM when the one that started it has gone, however that went: then its standard input
 * ends. What is said there before goes to the {@code heard(String)} of a class, if one is named.
 */
public final class Leash {

    private static final int GONE = 130;

    private Leash() {}

    /** Runs in the server, before its own {@code main}. */
    public static void premain(String listener) {
        Thread thread = new Thread(() -> hold(listener), "leash");
        thread.setDaemon(true);
        thread.start();
    }

    private static void hold(String listener) {
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                Method heard = Class.forName(listener, true, ClassLoader.getSystemClassLoader())
                        .getMethod("heard", String.class);
                heard.invoke(null, order);
            }
        } catch (IOException | ReflectiveOperationException e) {
            e.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(GONE);
        }
    }

    /** Writes the agent's jar, with a listener in it if there is one, and tells the JVM's option for it. */
    static String option(Path folder, List<Class<?>> listener) {
        Path jar = folder.resolve("leash.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Leash.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file, manifest)) {
            add(entries, Leash.class);
            for (Class<?> type : listener) {
                add(entries, type);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "-javaagent:" + jar + "="
                + listener.stream().map(Class::getName).findFirst().orElse("");
    }

    private static void add(JarOutputStream entries, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
            bytes.transferTo(entries);
        }
    }
}
