package org.understudy.benchmarks.site;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.understudy.benchmarks.Message;

/**
 * What a load generator is to do.
 *
 * @param work what each thread repeats
 * @param threads how many do it at once
 * @param duration how long they go on
 * @param seed where the random keys and values come from
 */
public record Load(Work work, int threads, Duration duration, long seed) {
    /** One operation against a site. */
    public enum Work {
        /** A random record overwritten in a transaction of its own. */
        WRITE {
            @Override
            void once(Site site, KeySpace keys, SplittableRandom random) {
                site.put(keys.randomKey(random), keys.randomValue(random));
            }
        },
        /** A random record read. */
        READ {
            @Override
            void once(Site site, KeySpace keys, SplittableRandom random) {
                Optional<byte[]> value = site.get(keys.randomKey(random));
                if (value.isEmpty()) {
                    throw new IllegalStateException(
                            "A record of the key space is missing on this site: let it catch up before reading from it");
                }
            }
        },
        /** A short request to the master, answered with what it said. */
        ASK {
            @Override
            void once(Site site, KeySpace keys, SplittableRandom random) {
                byte[] request = keys.randomValue(random);
                if (messages(site).ask(request).length != request.length) {
                    throw new IllegalStateException("The answer is not what was asked: another handler answers there");
                }
            }
        },
        /** A large request to the master. */
        DELIVER {
            @Override
            void once(Site site, KeySpace keys, SplittableRandom random) {
                messages(site).deliver(new byte[LARGE_BYTES]);
            }
        };

        private static final int LARGE_BYTES = 1024 * 1024;

        private static Messages messages(Site site) {
            return site.messages()
                    .orElseThrow(
                            () -> new IllegalStateException("This contender carries no messages: leave that part out"));
        }

        abstract void once(Site site, KeySpace keys, SplittableRandom random);
    }

    public static Load parse(Message command) {
        return new Load(
                Work.valueOf(command.text("work")),
                command.count("threads"),
                Duration.ofMillis(command.number("millis")),
                command.number("seed"));
    }

    public Message command(String verb) {
        return Message.of(verb)
                .with("work", work)
                .with("threads", threads)
                .with("millis", duration.toMillis())
                .with("seed", seed);
    }
}
