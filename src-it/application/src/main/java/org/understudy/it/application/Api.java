package org.understudy.it.application;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where the application answers; its resources are found by themselves, in every package of the war. */
@ApplicationPath("api")
public class Api extends Application {}
