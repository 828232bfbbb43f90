package org.understudy.cdi;

import java.lang.reflect.Type;

/**
 * An injection point of a database.
 *
 * @param name the database's name
 * @param keys the type of its keys
 * @param values the type of its values
 * @param place the injection point, for people
 */
record DatabaseWish(String name, Type keys, Type values, String place) {}
