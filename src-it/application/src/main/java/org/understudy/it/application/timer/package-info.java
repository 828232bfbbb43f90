/** A timer that ticks on the master only, where {@code application.timer} says so, and what became of its ticks. */
package org.understudy.it.application.timer;
