/** What happens to a site and its group, as values delivered in the order it happened. */
package org.understudy.event;
