package org.understudy.process;

/** Makes the threads that serve and listen: the library's own, which end with what they do. */
@FunctionalInterface
public interface Threads {

    /** A thread of this name, not yet started. */
    Thread create(String name, Runnable body);
}
