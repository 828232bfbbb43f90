/** Understudy in a CDI application: qualifiers to inject and observe with, and the extension that stands behind them. */
package org.understudy.cdi;
