/** What only the master may do: methods that run there and nowhere else, and the generation that fences what they do. */
package org.understudy.cdi.mastership;
