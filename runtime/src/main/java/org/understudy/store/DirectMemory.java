package org.understudy.store;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** How much memory outside its heap this Java gives to buffers. */
final class DirectMemory {
    private static final String OPTION = "MaxDirectMemorySize";

    private DirectMemory() {}

    /** What {@code -XX:MaxDirectMemorySize} says, which is as much as the heap may have where nothing is said. */
    static long maxBytes() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long said =
                options == null ? 0 : Long.parseLong(options.getVMOption(OPTION).getValue());
        return said > 0 ? said : Runtime.getRuntime().maxMemory();
    }
}
