package org.understudy.it.openwebbeans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.understudy.cdi.mastership.MasterOnly;
import org.understudy.cdi.mastership.Mastership;

/** What the master alone does. */
@ApplicationScoped
public class Chores {

    @Inject
    Mastership mastership;

    /** In which generation it is done. */
    @MasterOnly
    public long now() {
        return mastership.generation();
    }

    /** The same; nothing on any other site. */
    @Leading
    public Optional<Long> perhaps() {
        return Optional.of(mastership.generation());
    }
}
