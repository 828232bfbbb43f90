/** The figures of {@link org.understudy.Status} as metrics of OpenTelemetry. Does nothing where that is absent. */
package org.understudy.cdi.telemetry;
