package org.understudy.net;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The lines there are now, one for each connected site. Any thread. */
public interface MessageLines {

    /** Where there are no other sites. */
    MessageLines NONE = new MessageLines() {
        @Override
        public Optional<MessageLine> find(String site) {
            return Optional.empty();
        }

        @Override
        public Collection<MessageLine> all() {
            return List.of();
        }

        @Override
        public boolean takesNone(String site) {
            return false;
        }
    };

    /** The one to a site, if that is connected. */
    Optional<MessageLine> find(String site);

    /** All of them. */
    Collection<MessageLine> all();

    /** Whether there is none to a site because its release knows no messages. */
    boolean takesNone(String site);
}
