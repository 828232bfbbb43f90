package org.understudy.simulation;

import java.util.regex.Pattern;

/** Puts values into few words, for people who read a trace. */
final class Words {
    private static final int LONGEST = 300;
    private static final Pattern ORIGIN = Pattern.compile("origin=EventOrigin\\[.*?sequence=\\d+\\](, )?");
    private static final Pattern ID =
            Pattern.compile("([0-9a-f]{4})[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern SENT = Pattern.compile("^Send\\[to=([^,]+), message=(.*)\\]$");
    private static final Pattern RECEIVED = Pattern.compile("^Received\\[peer=([^,]+), message=(.*)\\]$");
    private static final Pattern FIRED = Pattern.compile("^Fire\\[event=(.*)\\]$");

    private Words() {}

    static String of(Object value) {
        String text = String.valueOf(value);
        text = SENT.matcher(text).replaceFirst("to $1: $2");
        text = RECEIVED.matcher(text).replaceFirst("from $1: $2");
        text = FIRED.matcher(text).replaceFirst("event $1");
        text = ORIGIN.matcher(text).replaceAll("");
        text = ID.matcher(text).replaceAll("#$1");
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
