package org.understudy.sample.common.web;

import java.util.function.UnaryOperator;

/** A button of the page. What it does may wait for the group, so it runs on a worker. */
public interface Button {

    /** Where the page posts to. */
    String path();

    /** Does it; {@code parameters} gives a parameter's value by its name, empty if there is none. */
    Answer press(UnaryOperator<String> parameters);
}
