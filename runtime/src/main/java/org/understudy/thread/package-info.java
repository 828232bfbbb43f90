/** The threads that everything of the library runs on: its own, which inherit nothing and end with what they do. */
package org.understudy.thread;
