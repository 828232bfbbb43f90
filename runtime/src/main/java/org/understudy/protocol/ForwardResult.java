package org.understudy.protocol;

import java.util.Optional;
import org.understudy.Standing;
import org.understudy.log.ForwardId;

/** How a write that this site forwarded has ended. */
public sealed interface ForwardResult {

    /** As the master said; a commit is in this site's log too, and the data has it once its LSN is applied. */
    record Answered(ForwardAnswer answer) implements ForwardResult {}

    /** Not known in time: {@code commit} is where it stands at the master, if that much is known. */
    record Unknown(ForwardId id, Optional<Standing> commit, String why) implements ForwardResult {}

    /** Certainly not written. */
    record Unavailable(String reason) implements ForwardResult {}
}
