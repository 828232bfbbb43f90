package org.understudy.cdi.mastership;

import org.understudy.Environment;

/** The application that {@link MasterOnly} methods belong to. */
public interface MastershipHost {

    /** An environment: the default one if the name is empty. */
    Environment environment(String name);

    /** Tells the application's observers of an event in an environment. Never throws. */
    void fire(String environment, Object event);
}
