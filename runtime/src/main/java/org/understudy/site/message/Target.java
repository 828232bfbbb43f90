package org.understudy.site.message;

/** Whom a channel leads to. */
sealed interface Target {

    /** One site, by its name. */
    record Site(String name) implements Target {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Whoever is master when a message is sent. */
    record Master() implements Target {
        @Override
        public String toString() {
            return "the master";
        }
    }

    /** All other sites that are connected when a message is sent. */
    record Others() implements Target {
        @Override
        public String toString() {
            return "all other sites";
        }
    }
}
