package org.understudy.sample.common.web;

import java.util.function.UnaryOperator;

/** A button of the page. What it does may wait for the group. */
public interface Button {

    /** By which name the page presses it. */
    String name();

    /** Does it; {@code parameters} gives a parameter's value by its name, empty if there is none. */
    Answer press(UnaryOperator<String> parameters);
}
