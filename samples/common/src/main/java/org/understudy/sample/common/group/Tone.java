package org.understudy.sample.common.group;

/** How welcome a piece of news is. */
public enum Tone {
    /** Somebody is master. */
    MASTER,
    /** Things get better. */
    GOOD,
    /** Things go on. */
    PLAIN,
    /** Things get worse. */
    BAD
}
