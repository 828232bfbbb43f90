package org.understudy.cdi.mastership;

/** What becomes of a call of a {@link MasterOnly} method on a site that is not the master. */
public enum Otherwise {
    /**
     * The caller gets {@link org.understudy.NotMasterException}. A tick of a timer has no caller who could see to it, and
     * servers repeat ticks that fail, or cancel the timer: a tick is skipped.
     */
    THROW,

    /**
     * The call returns and has done nothing. Only for methods whose result can say nothing: {@code void}, {@code Optional},
     * and stages of {@code Void} or of an {@code Optional}.
     */
    SKIP,

    /**
     * The call goes to the master, which answers with the result. Parameters and result travel as values of a database are
     * stored. A call is carried out once or not at all; one that ends in {@link org.understudy.RequestTimeoutException},
     * or in an {@link org.understudy.UnavailableException} that is not retriable, may have been.
     */
    FORWARD
}
