package org.understudy.backend;

import org.understudy.Channel;
import org.understudy.Messaging;

/** Where a message of a subordinate goes. */
public sealed interface Destination {

    /** A channel there, in the process that has the home. */
    Channel open(Messaging messaging);

    /** One site, by its name. */
    record Site(String name) implements Destination {
        @Override
        public Channel open(Messaging messaging) {
            return messaging.channel(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Whoever is master. */
    record Master() implements Destination {
        @Override
        public Channel open(Messaging messaging) {
            return messaging.channelToMaster();
        }

        @Override
        public String toString() {
            return "the master";
        }
    }

    /** All other sites. */
    record Others() implements Destination {
        @Override
        public Channel open(Messaging messaging) {
            return messaging.broadcast();
        }

        @Override
        public String toString() {
            return "all other sites";
        }
    }
}
