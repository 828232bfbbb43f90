package org.understudy.site;

import java.util.Optional;
import org.understudy.Role;

/**
 * What a site is and whom it follows, as any thread may see it.
 *
 * @param generation the highest it has seen
 */
record RoleState(Role role, long generation, Optional<String> master) {}
