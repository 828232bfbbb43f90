package org.understudy.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * What a call failed with, on its way to the process that called. Exceptions are serialised as Java does it, since they are
 * the one kind of value of the API that is no record; only those of the JDK and of this library are let in.
 */
final class Failures {
    private static final ObjectInputFilter ALLOWED = ObjectInputFilter.Config.createFilter(
            "maxdepth=64;maxbytes=4194304;maxarray=65536;org.understudy.*;java.lang.*;java.util.*;java.util.concurrent.*;"
                    + "java.io.*;java.nio.file.*;java.nio.channels.*;!*");

    private Failures() {}

    static void write(ValueWriter out, RuntimeException failure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Plain objects = new Plain(bytes)) {
            objects.writeObject(failure);
        } catch (IOException e) {
            throw new IllegalStateException("an exception that can't be passed on: " + failure, e);
        }
        out.putBytes(bytes.toByteArray());
    }

    /** The exception, with the reader's stack: that of the caller. */
    static RuntimeException read(ValueReader in) {
        try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(in.getBytes()))) {
            objects.setObjectInputFilter(ALLOWED);
            RuntimeException failure = (RuntimeException) objects.readObject();
            failure.fillInStackTrace();
            return failure;
        } catch (IOException | ClassNotFoundException | ClassCastException e) {
            throw new MalformedValueException("an exception that can't be read: " + e);
        }
    }

    /** Puts a plain exception that says the same in the place of each that the other end would not let in. */
    private static final class Plain extends ObjectOutputStream {

        Plain(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object value) {
            if (!(value instanceof Throwable failure)
                    || isLetIn(value.getClass().getPackageName())) {
                return value;
            }
            RuntimeException plain = new RuntimeException(failure.toString());
            plain.setStackTrace(failure.getStackTrace());
            return plain;
        }

        private static boolean isLetIn(String origin) {
            return origin.equals("org.understudy")
                    || origin.equals("java.lang")
                    || origin.equals("java.util")
                    || origin.equals("java.util.concurrent")
                    || origin.equals("java.io")
                    || origin.equals("java.nio.file")
                    || origin.equals("java.nio.channels");
        }
    }
}
