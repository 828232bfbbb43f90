package org.understudy.backend;

import java.util.Optional;
import org.understudy.Role;

/**
 * What a site is and whom it follows, as any thread may see it.
 *
 * @param generation the highest it has seen
 */
public record RoleState(Role role, long generation, Optional<String> master) {}
