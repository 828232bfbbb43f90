package org.understudy;

/** Nobody handles such messages at the site that was asked: Berkeley DB's {@code DB_NOSERVER}. Nothing was done. */
public final class NoHandlerException extends ReplicationException {

    private static final long serialVersionUID = 1L;

    private final String target;
    private final String topic;

    public NoHandlerException(Place place, String target, String topic) {
        super(
                place,
                true,
                "Site " + target + " has no handler for "
                        + (topic.isEmpty() ? "messages without a topic" : "messages of topic \"" + topic + "\"")
                        + ": register one there with onMessage, or correct the topic");
        this.target = target;
        this.topic = topic;
    }

    /** The site that was asked. */
    public String target() {
        return target;
    }

    /** The topic; empty for none. */
    public String topic() {
        return topic;
    }
}
