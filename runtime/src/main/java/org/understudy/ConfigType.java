package org.understudy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a kind of configuration value is written.
 *
 * @param name the kind, for people
 * @param parser reads the text; throws {@link IllegalArgumentException} saying what is accepted
 * @param formatter writes the text that the parser reads back
 */
public record ConfigType<T>(String name, Function<String, T> parser, Function<T, String> formatter) {

    /** Text. */
    public static final ConfigType<String> TEXT = new ConfigType<>("text", Function.identity(), Function.identity());

    /** A directory. */
    public static final ConfigType<Path> PATH = new ConfigType<>("directory", Path::of, Path::toString);

    /** A site's name. */
    public static final ConfigType<String> SITE = new ConfigType<>("host:port", ConfigType::site, Function.identity());

    /** Names of sites with commas between them. */
    public static final ConfigType<List<String>> SITES =
            new ConfigType<>("host:port, …", ConfigType::sites, sites -> String.join(",", sites));

    /** Texts with commas between them. */
    public static final ConfigType<List<String>> TEXTS =
            new ConfigType<>("text, …", ConfigType::texts, texts -> String.join(",", texts));

    /** {@code true} or {@code false}. */
    public static final ConfigType<Boolean> BOOLEAN =
            new ConfigType<>("boolean", ConfigType::bool, value -> Boolean.toString(value));

    /** A whole number. */
    public static final ConfigType<Integer> INTEGER =
            new ConfigType<>("number", ConfigType::integer, value -> Integer.toString(value));

    /** A length of time. */
    public static final ConfigType<Duration> DURATION =
            new ConfigType<>("duration", ConfigType::duration, ConfigType::format);

    /** A number of bytes. */
    public static final ConfigType<Long> SIZE = new ConfigType<>("size", ConfigType::size, ConfigType::format);

    /** What a read asks of its snapshot. */
    public static final ConfigType<Consistency> CONSISTENCY =
            new ConfigType<>("consistency", ConfigType::consistency, ConfigType::format);

    private static final String WITHIN = "WITHIN:";
    private static final Pattern SHORT_DURATION = Pattern.compile("([0-9]{1,12})\\s*(ms|s|m|h|d)");
    private static final Pattern SHORT_SIZE = Pattern.compile("([0-9]{1,12})\\s*(|B|KiB|MiB|GiB|TiB)");
    private static final List<String> SIZE_UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    /** What is longer is written in ISO-8601: milliseconds could not count it. */
    private static final long LONGEST_IN_SHORT_DAYS = 1_000_000;

    /** One of an enum's names, in any case, with dashes or underscores. */
    public static <E extends Enum<E>> ConfigType<E> oneOf(Class<E> type) {
        return new ConfigType<>("one of the names", text -> constant(type, text), Enum::name);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is none of " + names(type)));
    }

    static String names(Class<? extends Enum<?>> type) {
        return String.join(
                ", ", Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    }

    private static String site(String text) {
        SiteAddress.parse(text);
        return text;
    }

    private static List<String> sites(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(site -> !site.isEmpty())
                .map(ConfigType::site)
                .toList();
    }

    private static List<String> texts(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private static boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("is neither true nor false");
        };
    }

    private static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is no whole number", e);
        }
    }

    private static Duration duration(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Duration.parse(text);
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("is no duration like 500ms, 2s, 1m or PT2S", e);
        }
    }

    private static long size(String text) {
        Matcher matcher = SHORT_SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is no size like 64MiB, 1GiB or 1000000 (bytes)");
        }
        int unit = Math.max(0, SIZE_UNITS.indexOf(matcher.group(2)));
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * unit));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("is more bytes than can be counted", e);
        }
    }

    private static Consistency consistency(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        return switch (name) {
            case "LOCAL" -> Consistency.LOCAL;
            case "PERMANENT" -> Consistency.PERMANENT;
            case "LATEST" -> Consistency.LATEST;
            default -> {
                if (!name.startsWith(WITHIN)) {
                    throw new IllegalArgumentException("is none of LOCAL, PERMANENT, LATEST, WITHIN:duration");
                }
                yield Consistency.within(duration(text.substring(WITHIN.length())));
            }
        };
    }

    private static String format(Consistency consistency) {
        return consistency instanceof Consistency.Within within
                ? WITHIN + format(within.age())
                : consistency.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static String format(Duration duration) {
        if (duration.toNanosPart() % 1_000_000 != 0 || duration.abs().toDays() > LONGEST_IN_SHORT_DAYS) {
            return duration.toString();
        }
        long millis = duration.toMillis();
        if (millis % 1_000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String format(long bytes) {
        int unit = 0;
        long amount = bytes;
        while (amount != 0 && amount % 1_024 == 0 && unit < SIZE_UNITS.size() - 1) {
            amount /= 1_024;
            unit++;
        }
        return unit == 0 ? Long.toString(amount) : amount + SIZE_UNITS.get(unit);
    }
}
