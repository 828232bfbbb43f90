package org.understudy.sample.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.understudy.sample.common.group.News;
import org.understudy.sample.common.group.Tone;

/** The terminal: a heading, and a line for each piece of news. In colour if the terminal has it. */
final class Screen {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final String BOLD = "1";
    private static final String DIM = "2";

    private final Program program;
    private final PrintStream out;
    private final boolean coloured;

    Screen(Program program, PrintStream out, boolean coloured) {
        this.program = program;
        this.out = out;
        this.coloured = coloured;
    }

    /** The addresses, where everything is stored, and the keys there are. */
    synchronized void heading(Iterable<SiteProcess> sites, Path data) {
        out.println();
        out.println("  " + paint(BOLD, "Understudy: " + program.name()) + paint(DIM, "  " + program.promise()));
        out.println();
        sites.forEach(site -> out.println("  " + paint(BOLD, site.title()) + "   " + site.page()));
        out.println();
        out.println("  " + paint(DIM, "data and logs: " + data));
        out.println();
        out.println(
                "  " + key("k1 k2 k3", "kill a site (kill -9)") + key("1 2 3", "start it again") + key("q", "quit"));
        out.println();
        out.flush();
    }

    /** A text as it is. */
    synchronized void print(String text) {
        out.print(text);
        out.flush();
    }

    /** Something that happened to a site. */
    void tell(SiteProcess site, News news) {
        line(paint(BOLD, site.title()) + "  " + paint(colour(news.tone()), mark(news.tone()) + " " + news.text()));
    }

    /** Something that happened to none of them in particular. */
    void tell(String text) {
        line(paint(DIM, text));
    }

    private synchronized void line(String text) {
        out.println("  " + paint(DIM, LocalTime.now().format(CLOCK)) + "  " + text);
        out.flush();
    }

    private String key(String keys, String meaning) {
        return paint(BOLD, keys) + " " + paint(DIM, meaning) + "    ";
    }

    private String paint(String style, String text) {
        return coloured ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }

    private static String mark(Tone tone) {
        return switch (tone) {
            case MASTER -> "★";
            case GOOD -> "●";
            case PLAIN -> "○";
            case BAD -> "✕";
        };
    }

    private static String colour(Tone tone) {
        return switch (tone) {
            case MASTER -> "1;33";
            case GOOD -> "32";
            case PLAIN -> "0";
            case BAD -> "31";
        };
    }
}
