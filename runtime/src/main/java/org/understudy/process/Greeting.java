package org.understudy.process;

import java.util.Optional;
import java.util.UUID;
import org.understudy.log.MalformedValueException;
import org.understudy.log.ValueReader;
import org.understudy.log.ValueWriter;

/**
 * What a subordinate says first on each connection. Its beginning never changes, so that processes of different versions
 * understand at least that they are.
 *
 * @param version what decides whether the two ends understand each other
 * @param secret the word from the home
 * @param home the home it means, as a real path
 * @param pid its process
 * @param environment what it calls its environment
 * @param group its group's name
 * @param localSite the local site it was configured with, if it was
 * @param session the attachment that this connection belongs to
 * @param line whether this is the attachment's line, with which it begins and ends, or one for calls
 * @param candidate whether the application has started this environment, so that it may take the home over
 */
record Greeting(
        String version,
        String secret,
        String home,
        long pid,
        String environment,
        String group,
        Optional<String> localSite,
        UUID session,
        boolean line,
        boolean candidate) {
    /** What these two ends speak. */
    static final String VERSION =
            "1-" + Integer.toHexString(Messages.description().hashCode());

    private static final String MAGIC = "understudy-process";
    private static final Form FORM = Forms.of(Greeting.class);

    byte[] encoded() {
        ValueWriter out = new ValueWriter().putString(MAGIC).putString(version);
        FORM.write(out, this);
        return out.toByteArray();
    }

    /** What the first frame says; of another version, only that it is of one. */
    static Greeting decoded(byte[] frame) {
        ValueReader in = new ValueReader(frame);
        if (!in.getString().equals(MAGIC)) {
            throw new MalformedValueException("a greeting of something else");
        }
        String version = in.getString();
        return version.equals(VERSION)
                ? (Greeting) FORM.read(in)
                : new Greeting(version, "", "", 0, "", "", Optional.empty(), new UUID(0, 0), false, false);
    }
}
