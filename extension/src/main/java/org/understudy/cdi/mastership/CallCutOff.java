package org.understudy.cdi.mastership;

/**
 * A CDI event, qualified with the environment's name: mastership went while a {@link MasterOnly} method ran. It was fired
 * when the method had ended, on the thread it ran on; what it did last may be done again by the next master.
 *
 * @param environment the environment's name
 * @param method the method, for people
 * @param generation the generation under which it had begun
 */
public record CallCutOff(String environment, String method, long generation) {}
