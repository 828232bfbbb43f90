package org.understudy.simulation;

/** One call to another site, until it has succeeded or failed. */
final class Attempt {
    private final SiteProcess caller;
    private final String target;
    private boolean over;
    private End offered;

    Attempt(SiteProcess caller, String target) {
        this.caller = caller;
        this.target = target;
    }

    SiteProcess caller() {
        return caller;
    }

    String target() {
        return target;
    }

    /** The other site has accepted, and its greeting is on its way to this end. */
    void offer(End end) {
        offered = end;
    }

    /** Whether the greeting that came in at this end is the answer that was waited for; then the attempt is over. */
    boolean succeedsWith(End end) {
        boolean awaited = !over && offered == end;
        over |= awaited;
        return awaited;
    }

    /** Nobody answers, or not as hoped. */
    void fail(String reason) {
        if (!over) {
            over = true;
            caller.sessions().failed(this, reason);
        }
    }
}
