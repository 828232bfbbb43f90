/** Checking what is stored: one environment in itself, and two against each other. */
package org.understudy.site.verify;
