package org.understudy.it.server;

import java.nio.file.Path;

/**
 * What a server has for all of its applications.
 *
 * @param name the name of its package, for servers that want one
 * @param jar its classes
 */
record Library(String name, Path jar) {}
