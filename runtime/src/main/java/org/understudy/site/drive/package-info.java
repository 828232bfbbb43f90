/** The driver of the protocol's replica: one event loop that feeds it inputs, and those who carry out its effects. */
package org.understudy.site.drive;
