package org.understudy.sample.server;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the page finds its site. */
@ApplicationPath("api")
public class Api extends Application {}
