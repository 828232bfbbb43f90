package org.understudy.backend;

import java.util.List;

/** A message that has come to the site, on its way to a handler in another process. */
public record Delivery(String topic, String sender, List<byte[]> parts, boolean wantsReply) {}
