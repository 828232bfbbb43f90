package org.understudy.sample.common.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.function.UnaryOperator;

/** All buttons of the page. */
@ApplicationScoped
public class Buttons {

    private static final System.Logger LOG = System.getLogger(Buttons.class.getName());

    @Inject
    Instance<Button> buttons;

    /** Presses the one of a name, and tells what came of it. May wait for the group. */
    public Answer press(String name, UnaryOperator<String> parameters) {
        for (Button button : buttons) {
            if (button.name().equals(name)) {
                return press(button, parameters);
            }
        }
        return Answer.refused(404, "There is no such button.");
    }

    private static Answer press(Button button, UnaryOperator<String> parameters) {
        try {
            return button.press(parameters);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "A button failed: " + button.name(), bug);
            return Answer.refused(500, "That failed: " + bug + ". The site's log has more.");
        }
    }
}
